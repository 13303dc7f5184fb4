"""The words around a number that tell what it is, in English, Hindi and Hindi in Latin letters.

A **label** names what a number is; the nearest one that a number can belong to decides. What is secret has a label of
its own, all that is harmless shares `other`.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from vobiz_mcp.privacy.language.numerals import listed

Kind: TypeAlias = Literal["card", "code", "pin", "cvv", "aadhaar", "pan"]
"""What is always hidden, in the word that stands in its place."""
Contact: TypeAlias = Literal["phone", "email", "name"]
"""What is hidden as well where the policy is strict."""
SECRET: Final = frozenset([*get_args(Kind), "security"])
"""Labels of what is hidden."""
Label: TypeAlias = Kind | Literal["other", "id", "account", "phone", "postal", "security", "number", "some code"]
"""`id` names one thing among many, and has digits that check by chance; `some code` is called a code and no more."""
HARMLESS: Final[frozenset[Label]] = frozenset(["other", "id", "account", "phone", "postal"])
"""Labels of what nobody can be robbed with by its name; a card's number has its own check digit."""
CODES: Final[frozenset[Label]] = frozenset(["code", "security", "pin"])
"""Labels of what may have letters in it."""
_NAMED: Final[dict[Label, str]] = {
    "code": """
    otp otps passcode passcodes password passwords passphrase passwd pwd ओटीपी ओटिपी पासकोड पासवर्ड tac totp 2fa mfa
    authenticator code codes कोड
    """,
    "pin": "pin pins mpin tpin upin पिन एमपिन टीपिन pinn",
    "cvv": "cvv cvc cvv2 cvc2 cid सीवीवी सीवीसी back reverse पीछे peeche piche pichhe",
    "card": "card cards कार्ड",
    "aadhaar": "aadhaar aadhar adhaar adhar aadhaar's uid uidai vid आधार",
    "pan": "pan पैन",
    "account": "account accounts acct खाता खाते khata iban",
    "phone": """
    phone phones mobile mobiles telephone tel cell landline whatsapp helpline extension ext contact callback फोन
    मोबाइल व्हाट्सएप tollfree fax
    """,
    "number": "number digits नंबर nambar",
    "security": "verification",
    "postal": "pincode pincodes zip zipcode postcode postal पिनकोड",
    "id": """
    order orders flight flights booking bookings reservation reservations pnr tracking awb consignment shipment
    parcel package ticket tickets case complaint docket incident request reference ref confirmation transaction txn
    utr rrn imei serial iccid sku upc ean isbn barcode model policy claim loan roll registration passport voter token
    ऑर्डर आर्डर फ्लाइट बुकिंग पीएनआर रेफरेंस शिकायत टिकट टिकिट पॉलिसी ट्रैकिंग टोकन shikayat
    """,
    "other": """
    invoice invoices bill bills receipt
    customer client member membership loyalty employee staff vendor merchant consumer meter train bus seat coach
    gate terminal room flat apartment house plot building floor suite unit street sector block survey ward vehicle
    licence license plate gst gstin student enrollment enrolment amount price cost
    total balance fare fee fees salary income budget emi refund deposit payment discount dob birth birthday year age
    date month time duration height weight quantity qty miles points speed version page chapter section article
    channel server port status error sensor kilometers odometer reading ifsc swift micr hsn sac std isd promo coupon
    voucher referral lot batch item product part asset device shop dukaan dukan gali lane appointment expiry expiration
    दुकान गली इनवॉइस बिल ट्रेन गाडी कमरा मकान राशि रकम कीमत दाम तारीख साल उम्र जन्म किश्त ग्राहक कस्टमर मीटर
    बैलेंस वजन पता पते अपॉइंटमेंट rakam raashi kimat keemat daam tareekh tarikh saal umar umr janm
    gaadi gadi kamra makaan makan kist pata
    """,
}
LABELS: Final = {word: label for label, written in _NAMED.items() for word in written.split()}
"""The last word of each label; longer ones are told by the words before and after it."""

LETS_IN: Final = listed("""
    time otp verification verify security safety login signin access auth authentication authenticator 2fa mfa factor
    recovery backup unlock password passcode sms digit digits secret alarm door gate entry lock
    सिक्योरिटी सत्यापन वेरिफिकेशन ओटीपी लॉगिन एसएमएस गुप्त
    """)
"""Before `code`: it lets somebody in."""
CODE_BY_ITSELF: Final = listed("""
    a an his her their our which what two latest same wrong sent texted received phone mobile whatsapp need read give
    tell share receive gives and or no please ek woh vo tumhara naya phir maine liye aapko usmein एक आपका नया फिर मैंने
    लिए आपको उसमें क्या मोबाइल फोन
    """)
"""Before `code`: nothing that says of what it is. Whatever else stands there names a code that lets nobody in."""
PROVES: Final = listed("""
    otp otps one-time verification verify verified verifying verifies authenticate authentication authenticator 2fa mfa
    two-factor passcode login log sign signin identity sent send sending text texted texting sms messaged message
    whatsapp emailed email mail received receive got arrived came expired resend resent confirm aaya aayi aya ayi mila
    mili gaya bheja bheje bheji आया आयी आई मिला मिली गया भेजा भेजी ओटीपी सत्यापन वेरिफाई वेरिफिकेशन लॉगिन एसएमएस मैसेज
    अंकों
    """)
"""Words of the talk around `some code` that make it one that lets somebody in."""
PASSWORDS: Final = listed("password passwords पासवर्ड passcode passphrase passwd pwd")
"""What people choose themselves, out of any characters."""
THAT: Final = listed("the that this jo wo woh vo जो वो वह")
SENT: Final = listed("एसएमएस मैसेज भेजा bheja sent text texted texting sms messaged message received whatsapp emailed")
"""What happened to a number that is a code."""
BACK: Final = listed("back reverse पीछे peeche piche pichhe")
BEFORE_THE_BACK: Final = listed("the its it's your on at ke ka ki का की के card's")
DIGITS: Final = listed("digit digits number code security card 3-digit 4-digit three-digit अंक कोड नंबर डिजिट ank nambar")
"""Beside `the back` they make it the back of a card."""
DIGIT_COUNTS: Final = listed("digit digits अंक अंकों ank anko")
DOORS: Final = listed("verification log login sign signin verify authenticate unlock")
ABOUT_IT: Final = listed(
    """
    review base name names compliance snippet id ids type types length status count limit attempts
    retries word words format holder holders issuer
    """
)
"""Words after `otp`, `card` and so on that make a name of something that is no secret: `card_id`."""
CARD_IS_NO_MONEY: Final = listed("""
    gift loyalty membership rewards library sim report identity insurance ration metro राशन सिम
    """)
"""Cards that nobody pays with: a number on one is hidden only if its check digit is a payment card's."""
PIN_IS_SECRET: Final = listed("""
    upi atm mpin tpin secret card debit credit netbanking banking transaction digit security wallet sim login
    app account unlock lock alarm यूपीआई एटीएम गुप्त डेबिट क्रेडिट enter password
    """)
PIN_IS_POSTAL: Final = listed("""
    address area city town district delivery deliver deliveries delivered village locality postal post zip ship
    shipping colony nagar road street sector state residence office located location landmark पता पते शहर गांव
    जिला इलाके इलाका एरिया डिलीवरी pata pate shahar ilaka ilake gaon zila pincode courier serviceable serviceability
    service available mumbai delhi bangalore bengaluru pune chennai hyderabad kolkata ahmedabad jaipur lucknow gurgaon
    gurugram noida indore bhopal patna kanpur nagpur kochi surat मुंबई दिल्ली बेंगलुरु पुणे चेन्नई हैदराबाद
    कोलकाता जयपुर लखनऊ
    """)

JOINS: Final = listed("""
    number numbers num no nos id code is was are it's its it that's that the this as says say said reads i got
    get have received here my mine your me you sent uh um erm hmm okay ok so yes yeah sir madam ma'am please
    well like equals be starts starting with dot colon digit digits here's new one should would and also enter
    entered entering use using type given gave see shows showing be will correct correctly first finally
    actually just now then read out complete full whole right okay's value nambar number's hai hain he ye yeh wo
    woh ji haan han mera meri mere mujhe aaya aayi aya ayi likha mila mili bata bataya raha rahi rahe hoon hun
    hu to toh aapka aapki apna ka ki ke kar karo kijiye likhiye likho note नंबर नम्बर है हैं ये यह वो वह जी हां
    मेरा मेरी मेरे मुझे आया आयी आई लिखा मिला मिली बता बताया रहा रही रहे हूं हूँ तो आपका आपकी अपना का की के कर
    करो कीजिए लिखिए लिखो नोट संख्या अंक na ना jo जो yahi wahi vahi यही वही batana bolna dena batao bolo kehna बताना
    बोलना देना बताओ बोलो rakha rakhi रखा likhna लिखना set still always id आईडी
    """)
"""Words that may stand between a label and its number without making it another thing."""
COPULAS: Final = listed("""
    is was are be it's that's says reads here's equals hai hain है हैं hein this ye yeh ये यह aaya aaya mila आया मिला
    yahi wahi vahi यही
    वही
    """)
"""Words that say of what was named before: `the code that came to my phone is …`."""
AGAIN: Final = listed("""
    sorry no mean or again repeat repeating once correction actually wait nahi nahin haan ji हां जी matlab phir
    dobara fir नहीं
    मतलब फिर दोबारा यानी yani rather oops confirm confirming right yes yeah correct second other another ya या new naya
    nayi ab नया नयी नई अब now doosra dusra दूसरा old purana पुराना
    """)
"""Words that announce that a number is said again or put right."""
CORRECTS: Final = listed("""
    i more that's it's so is it not se से let me say and ok okay uh um please to just you said hundred thousand
    the one tha thi था थी aur और it
    """)
"""Words that stand beside them."""
PARTS: Final = listed("""for on to of at from about regarding in by against with via through under per when""")
"""Prepositions: the noun after one is not what the sentence is about."""
POSTPOSITIONS: Final = listed("ka ki ke ko par pe mein me se wala wali का की के को पर में पे से वाला वाली")
"""Their Hindi counterparts, which follow the noun."""
BREAKS: Final = listed("""
    paid pay paying cost costs owe owed owes bought spent charged charge charges worth rupees rs inr usd dollars
    call in at since after before within around about till until between over under ago by from for to of on than
    times ending ends end expires expire valid per approximately roughly nearly almost only dated due flat
    ordered waited called born visited ends-in minus plus gate press pressed option ruppees lagbhag karib
    takriban से तक करीब लगभग में baad pehle बाद पहले next past every each last seat aged did didn't never
    without failed fails tried
    """)
"""Words that say that the number after them is another than the one named before."""
UNITS: Final = listed("""
    minute minutes min mins second seconds sec secs hour hours hr hrs day days night nights week weeks month
    months year years rupee rupees rs paise dollar dollars cents usd inr euro euros pounds percent percentage
    times time people persons person passengers guests items item pieces units unit kg kilo kilos grams gram km
    kilometers kilometres metres meters miles litres liters pm am o'clock thousand lakh lakhs lac crore crores
    million billion hundred k gb mb points digit digits star stars bhk adults kids children tickets orders
    nights seats mg ml watts volts degrees square sqft मिनट सेकंड घंटे घंटा दिन दिनों हफ्ते हफ्ता महीने महीना
    साल रुपये रुपए रुपया पैसे प्रतिशत बार लोग बजे हजार लाख करोड सौ किलो लोगों minat ghante ghanta din dino hafte
    hafta mahine mahina saal rupaye rupay rupaiya rupya paise baar log bje baje hazaar hazar hajar sau
    अंक अंकों ank anko characters attempts chance chances tries cards am pm th st nd rd
    """)
"""Words after which a number is a count or an amount."""
OWNERS: Final = listed("my our your mera meri mere apna hamara मेरा मेरी मेरे अपना हमारा")
"""Words before a label that is put after its number: `4471, my PIN`."""
TAILS: Final = listed("ending ends end last final aakhri आखिरी अंतिम akhri")
"""`ending in 4242`, `last four digits 4242`: what every mark shows as well."""

TALKS: Final = (
    JOINS
    | CORRECTS
    | AGAIN
    | listed("""
    sure okay alright fine hold on moment second let check yep yup of course ya ah a there phone message sms
    screen in from can thanks thank hello haanji theek thik accha achha ek bas ruko rukiye dekh lijiye dijiye
    hua ठीक अच्छा एक मिनट रुकिए लीजिए दीजिए हुआ think came come comes last again believe
    """)
)
"""Words that an answer of nothing but a number may hold besides."""
