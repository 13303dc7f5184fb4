"""Digits as people say them: in English, in Hindi, and in Hindi written with Latin letters.

Spellings are those that speech recognition and people really write; every word stands for the digits that it would be
dialled with. What else a word may mean is what `DOUBTFUL` is about.
"""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = """
0 zero nought naught|1 one|2 two|3 three|4 four|5 five|6 six|7 seven|8 eight|9 nine niner|10 ten|11 eleven|12 twelve
|13 thirteen|14 fourteen|15 fifteen|16 sixteen|17 seventeen|18 eighteen|19 nineteen|20 twenty|30 thirty|40 forty fourty
|50 fifty|60 sixty|70 seventy|80 eighty|90 ninety
"""
_DEVANAGARI: Final = """
0 शून्य जीरो सिफर|1 एक वन|2 दो टू|3 तीन थ्री|4 चार फोर|5 पांच पाच फाइव फाईव|6 छह छः छे छै छ सिक्स|7 सात सेवन|8 आठ एट
|9 नौ नाइन नाईन|10 दस टेन|11 ग्यारह|12 बारह|13 तेरह|14 चौदह|15 पंद्रह पन्द्रह|16 सोलह|17 सत्रह|18 अठारह अट्ठारह|19 उन्नीस
|20 बीस|21 इक्कीस|22 बाईस बाइस|23 तेईस तेइस|24 चौबीस|25 पच्चीस|26 छब्बीस|27 सत्ताईस सत्ताइस|28 अट्ठाईस अट्ठाइस अठाईस
|29 उनतीस उन्तीस|30 तीस|31 इकतीस इकत्तीस|32 बत्तीस|33 तैंतीस तेंतीस|34 चौंतीस|35 पैंतीस|36 छत्तीस|37 सैंतीस|38 अडतीस
|39 उनतालीस उन्तालीस|40 चालीस|41 इकतालीस|42 बयालीस बियालीस|43 तैंतालीस|44 चौवालीस चवालीस|45 पैंतालीस|46 छियालीस
|47 सैंतालीस|48 अडतालीस|49 उनचास उन्चास|50 पचास|51 इक्यावन|52 बावन|53 तिरपन तिरेपन|54 चौवन चौअन|55 पचपन|56 छप्पन
|57 सत्तावन|58 अट्ठावन अठावन|59 उनसठ|60 साठ|61 इकसठ|62 बासठ|63 तिरसठ तिरेसठ|64 चौंसठ चौसठ|65 पैंसठ|66 छियासठ
|67 सडसठ सरसठ|68 अडसठ|69 उनहत्तर|70 सत्तर|71 इकहत्तर|72 बहत्तर|73 तिहत्तर|74 चौहत्तर|75 पचहत्तर|76 छिहत्तर|77 सतहत्तर
|78 अठहत्तर|79 उन्यासी उनासी|80 अस्सी|81 इक्यासी|82 बयासी|83 तिरासी|84 चौरासी|85 पचासी|86 छियासी|87 सत्तासी सतासी
|88 अट्ठासी अठासी|89 नवासी|90 नब्बे|91 इक्यानवे इक्यानबे|92 बानवे बानबे|93 तिरानवे तिरानबे|94 चौरानवे चौरानबे
|95 पंचानवे पचानवे पंचानबे|96 छियानवे छियानबे|97 सत्तानवे सतानवे सत्तानबे|98 अट्ठानवे अठानवे अट्ठानबे
|99 निन्यानवे निन्यानबे
"""
_ROMANISED: Final = """
0 shunya shoonya sunya shunye sifar jiro|1 ek aik|2 do|3 teen tin theen|4 char chaar|5 paanch panch paach
|6 chhe chhah chhay chheh cheh chhai chha chah che chhe|7 saat sat|8 aath aat aanth aatth|9 nau nou|10 das dus
|11 gyarah gyara gyaarah|12 barah baarah bara|13 terah|14 chaudah chauda|15 pandrah pandra|16 solah sola|17 satrah satra
|18 atharah athara attharah|19 unnis unnees|20 bees|21 ikkis ikkees ikis|22 bais baees baais|23 teis teyis
|24 chaubis chaubees|25 pachis pachchis pacchis pachees|26 chhabbis chabbis chhabbees|27 sattais sattaais
|28 atthais athais atthaais|29 untis untees unatis|30 tees|31 iktis ikattis iktees|32 battis battees
|33 taintis tetis taintees|34 chautis chauntis chautees|35 paintis paintees|36 chhattis chattis chhattees
|37 saintis saintees|38 adtis artis adtees|39 untalis|40 chalis chalees chaalis|41 iktalis ektalis
|42 bayalis byalis bayaalis|43 taintalis tetalis|44 chavalis chauvalis chawalis|45 paintalis|46 chhiyalis chiyalis
|47 saintalis|48 adtalis artalis|49 unchas unanchas|50 pachas pachaas|51 ikyavan ikyawan ikavan|52 bavan baavan bawan
|53 tirpan tirepan|54 chauvan chauwan|55 pachpan|56 chhappan chappan|57 sattavan sattawan|58 atthavan athavan atthawan
|59 unsath|60 saath sath|61 iksath|62 basath baasath|63 tirsath tiresath|64 chaunsath chausath|65 painsath
|66 chhiyasath chiyasath|67 sadsath sarsath|68 adsath arsath|69 unhattar|70 sattar|71 ikhattar|72 bahattar|73 tihattar
|74 chauhattar|75 pachhattar pachattar|76 chhihattar chihattar|77 satattar sathattar|78 athattar athhattar
|79 unasi unyasi|80 assi|81 ikyasi ikasi|82 bayasi byasi|83 tirasi|84 chaurasi|85 pachasi|86 chhiyasi chiyasi
|87 sattasi satasi|88 athasi atthasi|89 navasi|90 nabbe navve|91 ikyanve ikyanbe ikanve|92 banve baanve banbe|93 tiranve
|94 chauranve|95 pachanve panchanve|96 chhiyanve chiyanve|97 sattanve satanve|98 atthanve athanve anthanve
|99 ninyanve ninyanbe ninanve
"""


def listed(written: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(written.split())


def _table(written: str) -> dict[str, str]:
    rows = (row.split() for row in written.split("|"))
    return {word: digits for digits, *words in rows for word in words}


ENGLISH: Final = _table(_ENGLISH)
HINDI: Final = _table(_DEVANAGARI) | _table(_ROMANISED)
OH: Final = frozenset(["oh", "o", "ओ"])
"""Zero between digits, and mostly an exclamation elsewhere."""
DOUBTFUL: Final = listed("do tin teen char sat saath sath che chah bara aat das sola bees tees वन एट छ")
"""Words that mean a digit only beside another Hindi digit: `teen` and `do` are English, `saath` is `with`."""
ARTICLES: Final = frozenset(["one", "ek", "एक"])
"""Words that are no number where they stand alone in a sentence: `this one`, `one time password`."""
TIMES: Final = {
    "double": 2, "triple": 3, "treble": 3, "dabal": 2, "tripal": 3, "डबल": 2, "ट्रिपल": 3, "quadruple": 4,
}  # fmt: skip
"""`double five` is 55."""
NUMERALS: Final = ENGLISH | HINDI | dict.fromkeys(OH, "0")
SPOKEN: Final = frozenset(NUMERALS.keys() | TIMES.keys())
"""Every word that may be part of a number said in digits."""
TENS: Final = frozenset(str(tens) for tens in range(20, 100, 10))
