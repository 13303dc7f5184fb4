"""What pieces of text cost, in 1/32 token. Fitted and written by `tests/bench/fit_tokens.py`; do not edit."""

from typing import Final

_FIRSTS: Final = "^abcdefghijklmnopqrstuvwxyz'~"
_SECONDS: Final = "abcdefghijklmnopqrstuvwxyz'~"
_LOWEST: Final = -24


def _unpacked(costs: str) -> dict[str, int]:
    pairs = (a + b for a in _FIRSTS for b in _SECONDS)
    return {pair: ord(code) - 35 + _LOWEST for pair, code in zip(pairs, costs, strict=True)}


PAIRS: Final = {
    "l": _unpacked(
        "CBD<;GCCIHIECCHEPG6<IJEJCJXVS@@3PQ?KEMH6B4YBQ561FNKJ<K'VJQQL:UVLMJWBPNJPWFFHFKSSLTXVDSHC6SR;FT<C"
        "TP?Q]FI;LPZZAP%VMRZK8cTTHULURTM[WIHTOSYbJ[^VUVG?IRNVZYRJP<^QY@;FYSTEK[JV@ONF<BEI>HK;OF=OPAH=DIMN"
        "GUXVNUTF;QN=NLSPTHMYXCJHQNQO@T=VHNUL=YOV@V]LQP?USRPGKNRSFRXVGL786G@USJE:>1;GY<51XH_LME)VERRH=PRS"
        "SOMGIDJQSSDKDZRQDVXVGKPQ:PIOAMGMKOIN`G@EFSQWBUXVAPOF4WVRATOESS9LZS?FHOTQ5W=VCDTO0]SQIUJID]LAK[FI"
        "FPTXLZ1VHOK>:TAUHUQNSOJP][<=GNPWGQ7VSCI4SIHMFJI<?0HBP7;;>GAGGZ,V@TPK6UTCGMN<OUBCV@@;KPNOAYXVODME"
        "FRPHXQQHLRLIIHCK;_KJHQXVDPPC2YDY@VQPIB?TQM>>IRUQ<T@VQYNW?XdNLYXYWWPQY]D?IYXbK]XVIWVN>[ZCD]ZU[VHY"
        "cE@JM[WYA_;VGDGB;S@JJPH<?9SFY=61GKTNKO#VCTUP/ORP?TVNUPDWSKCNMRLJBWXVDLSB;[XEGNOONHDN[ODNQPSFAYQV"
        "NRLF=FNKM[YUKMOFWJBEUUWILRoVUPPKIcTYX[]RRLUTeWGLPV]VYW:VFJHH=NWQEVPSFHUNVKGIOMNPDIXVXXXLXXXXXXX8"
        "LXXXX?F'XCXXXXXV???????????????????????????_"
    ),
    "U": _unpacked(
        "BD@C@GEFCLHD@CE>KEB@DHHJINXVIOJIIRQPLSMJGDSKOAMKMPUNHPXVFMMJHNOONKNGKMHELKMKHRMQMNXVCJKKGONFHUOO"
        "JNEKTQJORQRNQU]VGNMOFRKMLPRRPJMJSANOOPRQYTXVLPOIMNLUL]RKLIQOR<ENOXUSRWEVGKNJJMRLIVNOIJPIQPJBPVSO"
        "KUFVLPQNORKOM[MKNIML]BMKKPKPLYXVHIFCINMOLKLKJMKKHMIMGINOLQXVIPGKGLSVRUONK>KFOKDFNJOO^OXVKGFFBIPY"
        "RPGDKFHGXDCIIGHZR[XVNPGIFMGGNVNELMPO[IJNJJNPLVXVGPQNBSMSLXRMOTMHVQOJKOUWKY%VFMQJMPPTPTRHLPPOUKJO"
        "JTLOMVXVHOOAIPHPKPILGQFL`KKTNOOOPSXVHMJKKPLQNVLLGHMCY>LKJHONKYXVNVPQOQOSLXMNJNPFSUKQHMRRS]XVIPGN"
        "GVWRQUWDFISIHIHFGCW]YYXVENRPERQPKOTLMMFRTJOQMXSSSZXVNSLKIJOSGWKPKPMPPOJCLQQNNVXVPWPOHLSIOWMMGKPK"
        "_QNKOKSPRRXVFONMLSJQKUQJKIUP]BIFNOMLQOXVGKDKJKJLHSRJKLNIXKKMLPLOSTXVKRFLBHGISYOKJIMO]HMHLPINMYXV"
        "EMIHOQUUPVTIIMOHYNKLUQVHKHXVPTOOHQUSNZMGKJRDXGIJOZRNER2VKTQF?QHOC[UWHMLOVLLHLXKJKMXVXXXXXXXXXXXX"
        "XXXXX2?XXaXXXXXV???????????????????????????_"
    ),
}
BIAS: Final = {
    "bM": 19,
    "bT": 22,
    "bU": 16,
    "bl": 17,
    "sM": 20,
    "sT": 20,
    "sU": 17,
    "sl": 14,
    "xM": 46,
    "xT": 51,
    "xU": 44,
    "xl": 40,
}
_WHOLE = (
    "ab account add address agent agents air alert all allowed amount and annotations answer any appe"
    "nd arg args argument arguments as assignment async at attr attribute attributes audio available "
    "average back bar based basic bd be bill birth bit block body booking bool brand break business b"
    "y bytes call callback called calls car card case cash category certificate ch change channel cha"
    "rge chars check city class clear cls co cod code codec collection com command complex connected "
    "contact contains context continue copy cost count country created credit currency cursor custome"
    "r data date day debug def default defined del delete delivery description destination details de"
    "vice devices dict dictionary dir direct direction disconnect doc driver duplicate duration else "
    "email en end enter entry enum eq error est eta eval even event example except exception exec exi"
    "t expr expression face failed failure false fc filter find first float for form format four free"
    " from front func function functions future get global gold good guard guest hand has hash histor"
    "y hour id identifier if import in index info init input install instance instances int integer i"
    "nvalid invoice is it item items iter key keys last leave len length level levels like limit line"
    " link list live ll location long loop manager mapping match max media method methods min missing"
    " mode module monitor month more movie name namespace nd network new next no noise none not note "
    "num number numbers obj object of off offer offset ok on one only open operations operator opt or"
    " origin other out outline over page parameter parameters pass pattern payment per phone place pl"
    "an pm point pow price prices private progress properties property purchase quality question rais"
    "e range rate rating rd re read reason record records registered regular related reply repr requi"
    "red results return rooms round route router rule rules running same saved scan schedule seconds "
    "self sent sep sequence service set setting show slice slot slots soft source spec special split "
    "st star start started state statement states station status step stmt stop storage str stream st"
    "ring style sub subject success summary super support sys temperature template term test text th "
    "that the this three ticket time timeout title to tokens tool total trace transfer trial trip tru"
    "e try tuple two type types unit up url usage user using uuid value values variable visit wait wa"
    "rn watch water way where width wifi with without year yes zip zone"
)
WHOLE: Final = frozenset(_WHOLE.split())
_SPACED = (
    "ACTIVE AI API ASCII ATL About Account Act Acting Actually Additionally After Again Agency Airpor"
    "t Alabama Alder Alessandro Alfa All Also Amazon American An And Anders Andrea Andrew Angeles Any"
    " Anything Apartments April Are Arrival Art Arthur As Ashley Assistance Association Astra At Atla"
    "nta Australia Authority Available Ave Avenue Aviation Baker Ball Barra Based Basic Beach Because"
    " Before Best Bill Birth Bistro Book Booking Boolean Both Boulevard Brandon Brazil Brian Bridge B"
    "rilliant British Broadway Brooklyn Bruno Bueno Buick Bus Business But Buy By Bye CA CALL CEO CEO"
    "s CFO CO COVID CR CSA Cabin California Call Called Caller Cambridge Can Canada Canadian Canadian"
    "s Cannot Canyon Cap Capital Card Cardiff Cards Career Carolina Carrier Cedar Center Central Cent"
    "re Centro Certainly Certificate Certificates Chair Change Changed Charger Chicago Circus City Cl"
    "ass Clearly Co Coast College Columbia Come Commission Conference Confirm Contemporary Could Coun"
    "sel Courier Court Craig Credit Cross Crystal Current Cuts DEN DJ Date Dean December Delta Dental"
    " Departure Destination Details Did Digital Dixon Do Doctor Does Done Doug Drive EBITDA EST Each "
    "Earnings East Economy Ed Education England English Enjoy Error Evans Exception Express FAILED FA"
    "Q FB FCC FE FR Fahrenheit False February Feel File Film Find First Flat Flight Focus For Francis"
    "co Frank Free French Friday From GE GS GV Gardens Gas Get Gift Given Go Good Goodbye Got Governm"
    "ent Grand Great Green Greenwich Group Gym Hannah Harbor Hash Have Healthcare Heathrow Hello Here"
    " Hey Hi Highland Hmm Hollywood Hotel House How Howard However Hz ID IDs INR If In Industrial Ins"
    "urance International Is It Ivan JFK Janeiro January Jeff John Jones Josh Julian July June Just K"
    "atie Kay Kit LAS LU La Landmark Lane Large Larry Las Last Lastly Let Like Lindsey London Look Lo"
    "oking Los Lovely MOS Man Many March Marketplace Marshall Mary Master Max May Maybe Media Members"
    " Method Michael Minh Minister Minute Missouri Mm More Morgan Most Moving Mr Ms Muller Museum My "
    "NCAA NO NY Name Negative Neutral New Next Nick Nigel No Noah None Nope Nora Norris North Northea"
    "st Northern Northwest Nossa Not Note Nothing Nov November Now Number OK OR Oak Obviously October"
    " Of Office Oh Ok Okay Olympic On Once One Operating Or Order Orders Origin Other Otherwise Our P"
    "OS PPE Panda Park Parking Pass Patterns Payment Pedro Pell People Personal Philadelphia Phoenix "
    "Place Plaza Please Plus Polar Political Port Portland Positive Pound President Price Prime Print"
    "er Public Purchase Python Quebec Rafael Ready Redwood Reference Regal Regarding Regency Remainin"
    "g Reply Request Research Reservation Reserve Return Revenue Richard Richie Right Road Romeo Russ"
    "ell SEA SI SL STL SUV SW Same San Saturday Savage Schedule Scott Search Seattle Second Sedan See"
    " Senate Senhora September Seren Service Services Shall Shopify Should Since Smith So Some Someth"
    "ing Sophia Sorry Sounds South Southwest Sports Spring Square Star Starting States Station Steve "
    "Still Stop Street Sunday Supreme Sure Suzanne Swansea Syntax TNT Take Teens Terrace Terrain Than"
    "k Thanks That The Their Then There Therefore These They This Those Thursday Times To Together To"
    "tal Transfer Travel Trip True Tuesday Twenty Two Type UK US USA USER UTC Uh Um Unfortunately Uni"
    "code United University Unknown Until Up Upgrade Use Usually Vale Vegas Venice Vice Wales Walnut "
    "Washington Way Wayne We Wednesday Welcome Well Welsh West What When Where Whether Which While Wh"
    "y Wi Will With Without Works World Would YES Yeah Yep Yes York You Young Your ability able abnor"
    "mal about above absolutely academic accelerate accelerated acceleration accept access accessed a"
    "ccommodate accordance according account accounts accuracy achieve achieved achieving acknowledge"
    " acknowledging acoustic acquisition across act action actions active activities activity actual "
    "actually ad add added adding addition additional address adds adjust adjusted adjusting adjustme"
    "nt admissions adoption affect affected affects after aftermarket afternoon afterwards again agai"
    "nst agent agents ages ago agree agreement agreements ahead air airline airlines airport all allo"
    "w allowed allows almost alone along alpha already also alternative although always am among amou"
    "nt amounts an analysis analysts and annotations announce announced announcement annual another a"
    "nswer answered answers anticipate anticipated ants any anybody anyone anything anyway apologize "
    "app appeal appellate appendix applications applied apply applying appointment appreciate approac"
    "h appropriate approval approximately arbitrary are area areas arguably argument arguments arise "
    "arithmetic around arranged arrival arrive arriving as ask asked asking asset assets assigned ass"
    "ignment assignments assist assistance assistant associated assume assumptions assure assured asy"
    "nc at attached attendance attending attraction attractions attribute attributes audio augmented "
    "availability available average aviation avoid await aware away bac back background backlog bad b"
    "aggage bags balance balances band bank banks bare base based basic basically basis bathrooms be "
    "bear because become becomes been before begin beginning behalf behavior behind being believe bel"
    "l below benefit benefits best bet better between beyond big bill billed billing billion bills bi"
    "nary binding bio birth bit black block blue board boards boat boats bodies body bonds book booke"
    "d booking bookings both bottom bought bound box break breakdown breakpoint bring bringing broad "
    "broadly broke brook brought budget build builds built bunch burn bus buses business businesses b"
    "ut button buttons buy by bye bytes cabin calculate calculated calculation call callable called c"
    "aller calling calls came can cancel canceled cancellation cancellations cancelled cancelling can"
    "not cap capabilities capability capacity capital car card cards care carrier carriers carry cars"
    " case cases cash cashback cast cat categories category cats caught cause caused cb cent centre c"
    "ents certain certainly certificate certificates ch chain challenge challenged challenges challen"
    "ging chamber chance change changed changes changing channel channels character characterize char"
    "acters charge charged charges cheap cheapest check checked checking checkout chief chiefs child "
    "children choice choose chose city claim claims class classes clause clauses clean cleaning clear"
    " clearly close closed closely closing co code codec colleague colleagues collect collecting coll"
    "ection collections college colleges color colour colours combination come comes comfortable comi"
    "ng comma command commands comment comments commercial commission commissions commit commitment c"
    "ommitted committee common communication communities community commute companies company comparab"
    "le compare compared comparison compensation competing competitive compile complained complete co"
    "mpleted completely completing complex complicated components compression compulsory computers co"
    "ncern concerns concludes condensed condition conditions conduct conference confidence confident "
    "confirm confirmation confirmed confusion connect connected connecting consider considered consid"
    "ering consistent console consolidated constant constituents constructed construction constructor"
    " consumer consumers contact contacting contain contained container containing contains content c"
    "ontext continue continued continues continuing contract contracting contracts contractual contri"
    "buted contribution control controversial convenient conversations conversion converted cooled co"
    "py core coronavirus corporate correct correctly corresponding cost costs could count counted cou"
    "ntry counts couple course court cover covered create created creating creation creative credit c"
    "risis criteria critical curious currencies current currently curriculum cursor custom customer c"
    "ustomers customize cut cycle cycles da daily data date dates day days de dead deal dealing debit"
    " debt debugger decide decided decimal decision decisions decline declined declines dedicated dee"
    "per def default defaults define defined defines defining definitely definition definitions degre"
    "e degrees del delay delayed delays deliberately deliver delivered deliveries delivering delivery"
    " demand denial depart departing departure depend depending depends derived described description"
    " descriptor descriptors design desk despite detail details determination determine determined de"
    "velop developed developing development dial dict dictionary did differ difference differences di"
    "fferent difficult digit digital digits dining direct direction directly discipline disciplined d"
    "isconnect discount discuss discussed discussing discussion discussions display disruption distan"
    "cing distributed division do documentation does doing dollar dollars done door dot double double"
    "d doubt down downgrade download downturn draw drive driven driver driving drop dropping drops du"
    "e duplicate duration during dynamic dynamics each earlier early earnings easier east easy econom"
    "ic economy education effect effective effectively effects efficient efforts eh eight either elec"
    "ted elements eleven eligible else email emails embracing emerge emergency emissions employee emp"
    "loyees employer employers employment empty encourage encouraged end ended ending ends energy enf"
    "orce engage engaged engine engineer engineering engines enhanced enhancement enjoy enough ensure"
    " ensuring enter entered entire entirely entrance entry environment environmental equal equality "
    "equipment equity equivalent error errors escalate especially essential established establishment"
    " estate estimate estimated evaluate evaluated evaluates evaluation even evening evenings evenly "
    "event events eventually ever every everybody everyone everything evidence evolving ex exact exac"
    "tly example examples except exception exceptions excess excluding execute executed executing exe"
    "cution executive exercise existing exists exit exited expand expanded expanding expansion expect"
    " expectation expectations expected expecting expense expenses expensive experience experienced e"
    "xperts expire explicitly explore exposure expressed expression expressions extend extending exte"
    "nt external extra extraordinarily extremely face facilities facility facing fact fail failed fai"
    "ls failure fair fairly fall false families family fancy fantastic far fashion fast faster favora"
    "ble feature features federal fee feel feeling fees fern few field file filed filing filings filt"
    "er filters final finally finance financial financially financing find finding findings fine fini"
    "sh finished finishes finishing firearms firm first fiscal fit five fix fixed flat fleet flexibil"
    "ity flight flights floating floor flow flowed flows flying focus focused folks follow followed f"
    "ollowing follows foo food footprint for forecast foremost forestry forget form formal format for"
    "matted formatting forth forty forward found four fourteen fourth frame fraud free friction frien"
    "d from front frustration full fully fun function functions fund funding further future gain gap "
    "garden gas gave general generally generated generation generator gentlemen get gets getting gift"
    " gifts give given gives giving glad global globals go goal goals goes going gold gone gonna good"
    " goodbye got government grade great greater green grew grid ground group groups grow growing gro"
    "wth guard guess guessed guidance guided guys had half hand handed handle handled handler handlin"
    "g hands hang happen happened happening happens happy hard has hash hats haul have having he head"
    " heading headline health healthcare healthy hear heard hearing hears heart held hello help helpf"
    "ul helping helps her here hi hides high higher highest highlighted highlights highly him his his"
    "toric historically history hit hitting hmm hold home homes honest hood hope hopefully hoping hot"
    "el hotels hour hours house houses housing how however https huge huh human hundred hung husband "
    "hygiene idea identified identifier identifiers identity if ignore ignores illegal imagine immedi"
    "ately immutable impact impacted impacting impacts implement implementation implemented implement"
    "ing implied import important imported improve improved improvement improving in inbound include "
    "included includes including income inconvenience increase increased incremental indeed index ind"
    "icate indicated indicates indicator indigenous individual individuals industrial industries indu"
    "stry ineffective info information informed infrastructure inheritance initial innovation input i"
    "nquiry inside insights installment instance instances instead institutions instructions insuranc"
    "e integer integers intend intended interest interested interesting internal internet interpretat"
    "ion interpreted interpreter into introduced introducing inventory invest invested investing inve"
    "stment investments investor investors invite invoice invoked involved iron is issue issued issue"
    "s issuing it item items iterable iteration iterator its itself james job jobs join joined joinin"
    "g journey judicial jurisdiction just keep keeping key keypad keys keyword keywords kind kinda ki"
    "nds knew know known knows language large largely larger last late latency later latter launched "
    "laundry law lead leaders leadership leading lean learner learners learning leased least leave le"
    "aves leaving lecturers left leg legislation legislative lend lending length less let letter lett"
    "ers level levels leverage library life light like likely limit limited line lines link liquidity"
    " list listed listen listening lists literal literals litigation little live living load loan loa"
    "ns local located location log long longer look looked looking looks lookup loop lose loss losses"
    " lost lot lots love lovely low lower loyalty luck luggage macro made main maintain maintenance m"
    "ajor majority make makes making manage management manager managing mandate many mapping mappings"
    " march margin margins mark marked market marketing markets match matched matches matching materi"
    "al materially matter max maximize may maybe me meal mean meaning means measured measures mechani"
    "sm mechanisms media medical meet meeting meetings meets member members membership memo memory me"
    "ntion mentioned merchant message messages met method methods metrics mid middle might miles mili"
    "tary million millions min mind mindful minister ministers minute minutes mismatch missed mitigat"
    "ion mix mixed mm mobile mode model models moderate modern modest modification modified modifying"
    " module modules moment momentum money monitoring month months more morning most move moved movie"
    " moving ms much multi multiple museum must mutable my myself name named names namespace narrow n"
    "ation national natural nature navigate near nearly necessarily necessary need needed needing nee"
    "ds negative neither nested net network neural never new newest news next nice nicely night night"
    "s nine nineteenth ninth no nobody noise noisy non none nonstop normal normalization normally nor"
    "th not notation note noted nothing now number numbers numeric object objects obligations obvious"
    "ly occur occurred occurs of off offer offers office officers offset often oil ok okay old omitte"
    "d on once one ones online only open opening opens operand operating operation operational operat"
    "ions operator operators opinion opportunities opportunity opposed opt opted option optional opti"
    "ons or order ordered ordering orders organic organically organisation organizations original oth"
    "er others otherwise our out outbound outcome outcomes outlook output outside over overall overhe"
    "ating override own owner pace pacing package page paid pair pairs pandemic paper par parameter p"
    "arameters parcel parent parentheses parents parking part partial partially participants particul"
    "ar particularly parties partners partnership partnerships parts pass passed passenger passengers"
    " past path patience pattern patterns pay payable paying payment payments pdb pension pent people"
    " per percent perception perfect performance performed performing perhaps period permanent persis"
    "tent person personal perspective petition pharma phenomenal phone pick picked picking piece piec"
    "es pipe pipeline place places plan planned planning plans plastics platinum play played playing "
    "plays please pleased pleasure plus pm podcasts point pointing points policies policy political p"
    "ortfolio portfolios portion position positional positioned positive possibility possible possibl"
    "y post postcode posted potential potentially power powerful practices pre precision prefer prefe"
    "rence preferred premise prepared present presentation presented preserve president press pressin"
    "g pressure pressures pretty previous previously price priced pricing primarily primary print pri"
    "or priorities priority privacy private pro probably problem problems procedures proceed proceedi"
    "ng proceeds process processed processes produce producing product production products profession"
    "al profile profit profound program programme programmes programs progress progressed project pro"
    "jection promo proof proper properties property propositions protect protective proud provide pro"
    "vided provides providing provinces provincial provision public pull pulled purchase purpose purp"
    "oses pursue push pushed put putting qualification qualifications quality quarter quarterly quart"
    "ers question questions queue queued quick quickly quite radio rain raise raised raises ramp ran "
    "rang range rapid rapidly rare rate rated rates rather rating re reach reached read ready real re"
    "ality realizing really reason reasons rebound receive received recent recently recession recogni"
    "tion recognize recommend record recorded recording records recover recovery reduce reduced reduc"
    "tion reductions refer reference referenced references reflected reflecting refresh refund refund"
    "ed refunds regard regarding regardless regular regularly regulators regulatory reinforce related"
    " relations relative relatively release relevant relief rely remain remainder remaining remains r"
    "emarks remember remind reminder remote remove removed rent rental repeat repeated replace replac"
    "ed replacement replacing replies reply report reported reports represent representation represen"
    "ted representing represents request requested requesting requests require required requirement r"
    "equirements requires research reservation reservations reserve reserved reserves reset residenti"
    "al resolution resources respect respond response rest restart restaurant restrictions restructur"
    "ing result resulted resulting results retail retain retrieve retrieved return returned returning"
    " returns revenue revenues review reviews ride riding right rights rigorous ringing risk risks ro"
    "ad room roster roughly round rounded route routing row rules ruling run running runtime safe saf"
    "ely safety said sale sales salon same save saved savings saw say saying says scale schedule sche"
    "duled school schools scope se search searched searching season seat seats second seconds secrets"
    " section sector security see seeing seem seems seen segment segments select selected selling sem"
    "antics send senior seniors sense sensitive sent sentiment separator sequence sequences serial se"
    "rve served serves service services session set sets settlement setup seven several shape share s"
    "hared she sheet shift shop short shortly should show shown shows shut shutdown side sign signal "
    "signed significant significantly signs silence silent similar simple since single site situation"
    " six size skills skip slice slicing slide slightly slot slow slowdown small smaller smart so soc"
    "ial softer sold solid solutions some somebody somehow someone something sometimes somewhere soon"
    " sorry sort sound sounds source sources space spare speak speaker speakers speaking special spec"
    "ific specification specified specify spectral spectrum speech speed spell spend spending spent s"
    "poke spot spread squeezing stable stack staff stage stakeholders stand standard standpoint star "
    "starred stars start started starting starts state stated statement statements states station sta"
    "tus stay staying steady steam steel step steps still stop storage store stored stories straight "
    "strategic strategy stream streaming streams strength strengthen stress string strings strong str"
    "onger structural structure structured struggling students study stuff subclass subclasses subjec"
    "t subjects subscription subsequent subsidy substitution subtraction success successful successfu"
    "lly such suggest suit suite summer superior supplementary supplied supply support supported supp"
    "orting supports suppose supposed sure surprise surrounding suspect swing switch syntax system sy"
    "stems table take taken takes taking talented talk talked talking target targeting targets tau ta"
    "x taxes taxi teachers team teens telephone tell tells temperature temporary ten tend tender term"
    " terms territory test tested tests text th than thank thanks that the their them themselves then"
    " there therefore these they thing things think thinking third this those though thought thoughts"
    " thousands three through throughout ticket tickets tie tighten till time timely timeout times ti"
    "ming title to today together tokens told too took tool tools top total touch tourism toward towe"
    "r town traceback track tracking traffic training transaction transcript transfer transformation "
    "transformed transition transparent travel traveling travels treated trend trends tried trip truc"
    "k true trust truth try trying tuple turbine turbines turn turns twice two type types typical typ"
    "ically uh ultimately um unable uncertain uncertainties uncertainty under underlying understand u"
    "nderstanding unfortunately unhappy unit units universal universities university unless unprecede"
    "nted until unusual up upcoming update updated upgrade upgraded upgrades upgrading upon upper ups"
    "tairs urgent us use used useful user uses using usual usually utilities utility vaccine valet va"
    "lid validate validation valley valuable value valued values variable variables various vehicle v"
    "enue verified verify version versions versus very via view views virus visibility vision visit v"
    "isits vocational voice volume volumes voucher vulnerable wage wait waited waiting waived wallet "
    "wanna want wanted wanting wants warmer warn was watch way ways we weapons weather web website we"
    "ek weeks welcome well went were what whatever when whenever where whereas whether which while wh"
    "o whoever whole whose why width wifi will wind window winning winter wish wishes with withdraw w"
    "ithin without wonderful wondering word words work worked workers working works world worse worst"
    " worth would wrap write written wrong yeah year years yes yet yield yields you young younger you"
    "r yourself zero"
)
SPACED: Final = frozenset(_SPACED.split())
SIGNS: Final = frozenset(
    [
        " \"'",
        ' "(',
        ' "("',
        ' "*"',
        ' "+',
        ' "-',
        ' ":"',
        ' "<',
        ' "\\',
        ' "_"',
        ' "__',
        " ###",
        ' ("',
        " **",
        " *__",
        " ,\n",
        " .\n",
        " ...",
        " ...\n",
        " ::=",
        " <=",
        " ==",
        " >>>",
        " ?\n",
        ' ["',
        " ['",
        " []\n",
        ' [{"',
        ' \\"',
        " __",
        ' {"',
        " {'",
        " |\n",
        " …\n",
        "!\n",
        '"\n',
        '"\n\n',
        '")',
        '",',
        '",\n',
        '","',
        '".',
        '".\n',
        '".\n\n',
        '":',
        '":"',
        '":"","',
        '":["',
        '":{"',
        '"],',
        '"]}\n',
        '"}',
        '"}\n',
        '"})',
        '"},',
        "%,",
        "%.",
        "'\n",
        "'\n\n",
        "'\"",
        "'\"\n",
        "'\",",
        "')\n",
        "',",
        "'.",
        "':",
        "']\n",
        '("',
        "('",
        "()",
        "()\n",
        "()\n\n",
        '()"',
        '()",',
        '({"',
        ")\n",
        ")\n\n",
        ')"',
        ')",',
        "))\n",
        ")*",
        "),",
        ").",
        ").\n",
        ").\n\n",
        ").__",
        "):",
        "):\n",
        ");",
        ")?\n",
        "*\n",
        '*"',
        "**",
        "*,",
        "*.",
        ",\n",
        ",\n\n",
        ',"',
        "-\n",
        "-,",
        "-.",
        ".\n",
        ".\n\n",
        ".\n\n\n",
        '."',
        '."\n',
        '.","',
        ".'",
        ".'\n",
        ".)",
        ".)\n\n",
        ".,",
        ".__",
        ":\n",
        ":\n\n",
        ":**",
        "://",
        ";\n",
        ";\n\n",
        '="',
        ">\n",
        '>",',
        ">,",
        ">.",
        ">.\n",
        "?\n",
        '?"',
        "?'",
        "[,",
        '\\"',
        '\\",',
        "\\\\",
        "]\n",
        "]\n\n",
        ']"',
        "])\n\n",
        "__",
        "__\n",
        "__(",
        '{"',
        "}\n",
        "}'.",
        "},",
        '},"',
        "};",
        "}],",
        "}}",
        "}},",
        "।\n",
        "—\n",
    ]
)
CHEAP: Final = frozenset("–—‘’“”…·→•°£€₹×✓\xa0©®।\u200d\u200c")
SCRIPT: Final = {
    18: (16, 3, 39),
    19: (16, 5, 40),
    20: (16, 7, 41),
    21: (16, 3, 43),
    23: (16, 3, 45),
    24: (16, 3, 44),
    25: (16, 3, 44),
    26: (16, 3, 41),
    12: (16, 3, 37),
    13: (16, 3, 37),
}
OTHER_SCRIPT: Final = (40, 40, 40)
AFTER: Final = {
    "ं": "कगचटडतदधनपबस",
    "अ": "ंगधनपभमवस",
    "आ": "तपयरव",
    "इ": "ंनलस",
    "उ": "तदनपस",
    "ए": "क",
    "ओ": "ं",
    "औ": "र",
    "क": "तमरलहािीुेैो्",
    "ख": "ािे",
    "ग": "तयरलाीुेो्",
    "च": "लािीुे्",
    "छ": "ि",
    "ज": "नबरािीेो्",
    "ट": "री्",
    "ठ": "म",
    "ड": "़ि",
    "ढ": "़",
    "ण": "्",
    "त": "करािीुेो्",
    "थ": "ाि",
    "द": "रािीुूेैो्",
    "ध": "ाि्",
    "न": "कहािीुेो्",
    "प": "कतनरहाीुूो्",
    "फ": "ि्",
    "ब": "ंतनरसहािीेै्",
    "भ": "एनािी",
    "म": "ंतनहािीुेैोौ्",
    "य": "कमरहाुूेो",
    "र": "कखणतदनमवसहािीुूेो्",
    "ल": "गनयािीेो्",
    "व": "नरसहािीे्",
    "श": "नािीु्",
    "ष": "ा्",
    "स": "ंकनबभमरलहािीुूेो्",
    "ह": "तमरलािीुेैो",
    "ा": "ँंइईउएओकखगचजटठडणतथदधनपफबमयरलवशषसह",
    "ि": "ंएकखचजटतदधनपभमयरलवशषसह",
    "ी": "ंकडतनयर",
    "ु": "कखझतदनपभमरलवस",
    "ू": "नपरलस",
    "ृ": "तष",
    "े": "ंकखजटतनपमरलवशषस",
    "ै": "ंनयस",
    "ो": "ंकगजटडतनरल",
    "ौ": "र",
    "्": "कगचछजञटठडणतथदधनपबमयरलवशषसह",
    "ং": "লশ",
    "অ": "নবভস",
    "আ": "গনপমরৰ",
    "ই": "ন",
    "উ": "দপ",
    "এ": "ইকখবরস",
    "ও": "য়",
    "ক": "টথমরলািেো্ৰ",
    "খ": "না",
    "গ": "তুে্",
    "ঘ": "ট",
    "ঙ": "্",
    "চ": "লাি্",
    "ছ": "িুে",
    "জ": "নাে্",
    "ঞ": "্",
    "ট": "ািো্",
    "ড": "়",
    "ত": "ািুেো্",
    "থ": "মািে",
    "দ": "কািুে্",
    "ধ": "রা্",
    "ন": "ািুেো্",
    "প": "নরাু্ৰ",
    "ব": "ংছনরলসািৃে্",
    "ভ": "াি",
    "ম": "ধনািীুৃেো্",
    "য": "বম়াুেো",
    "র": "কণতবমািীুে্য়",
    "ল": "ািীেৈো্",
    "শ": "িুে্",
    "ষ": "ে্",
    "স": "ংকবভমরহািুে্",
    "হ": "তবযলািৈয়",
    "়": "াে",
    "া": "ঁংইওকখগচছজটডণতথদধনপবমযরলশষসহড়য়ৰ",
    "ি": "ংউওকচছজটডতদধনপবভমযরলশষসহয়",
    "ী": "তবরয়",
    "ু": "কখটতদধনবমরলষৱ",
    "ূ": "ল",
    "ৃ": "তষ",
    "ে": "ইওকখছটতদনপবমরলশষসয়",
    "ো": "কগজটনমরলৰৱ",
    "্": "কগচছজঞটঠডণতথদধনপবভমযরলষসৰ",
    "ৎ": "স",
    "য়": "াে",
    "২": "০",
    "ৰ": "তািুে",
    "ৱ": "া",
    "ਅ": "ਤ",
    "ਆ": "ਂਪ",
    "ਇ": "ਆਕਸਹੱ",
    "ਉ": "ਸਹ",
    "ਕ": "ਰਾਿੀੇੋ",
    "ਗ": "ਿ",
    "ਜ": "਼ਾੀੋ",
    "ਣ": "ਾ",
    "ਤ": "ਰਾੀੁੇੋ",
    "ਦ": "ਰਾੀੇ",
    "ਨ": "ਹਾੀੂੇ",
    "ਪ": "ਣਰ੍",
    "ਮ": "ਨੀੁੇ",
    "ਰ": "ਨਹਾੀੂੇ",
    "ਲ": "ਈਾੀੇ",
    "ਵ": "ਾਿੀੇ",
    "ਸ": "ਕਮ਼ੀੁੰ",
    "ਹ": "ਨਾਿੀੁੈੋ",
    "ਾ": "ਂਇਈਉਕਜਡਣਤਦਨਪਬਮਰਲਵਸਹ",
    "ਿ": "ਆਕਚਤਨਰਲਸਹੰੱ",
    "ੀ": "ਂਆ",
    "ੁ": "ਰ",
    "ੂ": "ਰੰ",
    "ੈ": "ਂ",
    "ੋ": "ਂਕਰ",
    "੍": "ਰਹ",
    "ੰ": "ਗਜਦ",
    "ੱ": "ਕਖਚਲ",
    "ં": "કગચટતદધપબ",
    "અ": "ંનમ",
    "આ": "ગપરવ",
    "ઉ": "તપ",
    "એ": "કવ",
    "ક": "રલહાેો્",
    "ખ": "ા",
    "ગ": "યરાીુ્",
    "ઘ": "ટ",
    "ચ": "ાૂ્",
    "છ": "ીે",
    "જ": "ણનરાીુેો્",
    "ટ": "લીે્",
    "ડ": "ી",
    "ણ": "ાીે",
    "ત": "મરાિીુેો્",
    "થ": "યાીે",
    "દ": "રાિીે્",
    "ધ": "ાી",
    "ન": "થવહાિીુેો્",
    "પ": "ડણરહાીુૂો્",
    "ફ": "િ",
    "બ": "ંનહાીે્",
    "ભ": "ા",
    "મ": "નયળહાિીુેો",
    "ય": "કાુો",
    "ર": "કણતમવસહાિીૂેો્",
    "લ": "ગાીેો્",
    "ળ": "ી",
    "વ": "ધરસાિીુેો્",
    "શ": "કુે્",
    "ષ": "્",
    "સ": "ંમરાુેૌ્",
    "હ": "તાિીેો્",
    "ા": "ંઇઈઓકખગચજટડણતથદનપબમયરલળવશષસહ",
    "િ": "ંકટતનયરલવશસ",
    "ી": "ંએઓકડતનમયસ",
    "ુ": "ંકજરલ",
    "ૂ": "ર",
    "ૃ": "ત",
    "ે": "કખટઠડતનમરલવશસ",
    "ૈ": "ય",
    "ો": "ંઈકગજટડતનયરલસ",
    "્": "કચટડણતથદધનપમયરલવશષસ",
    "அ": "தனமரவ",
    "இ": "தநர",
    "உ": "ள",
    "எ": "ன",
    "ஒ": "ர",
    "க": "டரளாிுூொ்",
    "ங": "்",
    "ச": "ிெ்",
    "ட": "ிுை்",
    "ண": "்",
    "த": "மலாிுெேைொ்",
    "ந": "டாி்",
    "ன": "ை்",
    "ப": "டதாிுெேொோ்",
    "ம": "றாிுேை்",
    "ய": "ாி்",
    "ர": "ிு்",
    "ற": "திு்",
    "ல": "ுை்",
    "ள": "திை்",
    "வ": "ராிுெே",
    "ா": "கடணதனமயரறலளவ",
    "ி": "கடதனபமயரறலழவ",
    "ு": "கடதநனபமறளழவ",
    "ெ": "யரள",
    "ே": "ர",
    "ை": "கதபய",
    "ொ": "ட",
    "ோ": "த",
    "்": "கசடணதநனபமயறலளவ",
    "ం": "కగచటడతదధపబల",
    "అ": "ంధనయవ",
    "ఆ": "య",
    "ఇ": "ం",
    "ఉ": "ం",
    "క": "ాిుూేొో్",
    "గ": "ాు్",
    "చ": "ాిూెే్",
    "జ": "ర",
    "ట": "ిీు్",
    "డ": "ంాిు్",
    "త": "ంరిీుెేో్",
    "ద": "రిుే్",
    "ధ": "్",
    "న": "ాిుే్",
    "ప": "రాుెేైో్",
    "బ": "ా్",
    "భ": "ా",
    "మ": "ంరాీుూెొ్",
    "య": "ంకిుో",
    "ర": "ంకతభమాిీుెో్",
    "ల": "కనాిీుేో్",
    "ళ": "్",
    "వ": "చరాిెే్",
    "ష": "్",
    "స": "ంమాి్",
    "ా": "ంకగచజటడణతదధనపబమయరలవశషస",
    "ి": "ంకగజటడతదనపమయరలవషస",
    "ీ": "యరలవస",
    "ు": "ంకఖగటడతదనరలవస",
    "ూ": "డపర",
    "ె": "ంకటలస",
    "ే": "ంకదపరవశషస",
    "ై": "దన",
    "ొ": "న",
    "ో": "గజనల",
    "్": "కగచటడతథదధనపమయరలవశషస",
    "ಂ": "ಕಗಟಡತದಧಪಬಭ",
    "ಅ": "ಧನಭವ",
    "ಆ": "ರ",
    "ಇ": "ದಲ",
    "ಎ": "ಂ",
    "ಕ": "ರಾಿುೆೊ್",
    "ಖ": "್",
    "ಗ": "ರಳಿುೂೆ್",
    "ಚ": "ಿ್",
    "ಜ": "ನಿೆ",
    "ಟ": "ಕು್",
    "ಡ": "ಿುೆ್",
    "ಣ": "ೆ",
    "ತ": "ನರಾಿುೆ್",
    "ದ": "ರಲಾಿುೆೇ್",
    "ಧ": "್",
    "ನ": "ಡಾಿೀುೆ್",
    "ಪ": "ಡರುೊ್",
    "ಬ": "ಂಳಿೆೇ್",
    "ಭ": "ಾ",
    "ಮ": "ಂತನಾುೂೇೊ್",
    "ಯ": "ಕನಲಾಿ",
    "ರ": "ಣತದಮಾಿೀುೂೆ್",
    "ಲ": "ಾಿೀುೆ್",
    "ಳ": "ಿುೂೆ್",
    "ವ": "ನರಾಿುೆೇ್",
    "ಶ": "್",
    "ಷ": "್",
    "ಸ": "ಂಮರಲಾಿುೇ್",
    "ಹ": "ಲಾಿೆೇೊ",
    "ಾ": "ಂಕಖಗಜಟಡಣತದಧನಮಯರಲವಷಸಹ",
    "ಿ": "ಂಕಗಜಟಡತದಧನಮಯರಲಳವಶಷಸ",
    "ೀ": "ಡಯವ",
    "ು": "ಂಕಖತದರವ",
    "ೂ": "ರಲ",
    "ೃ": "ತ",
    "ೆ": "ಗದಯಲಸ",
    "ೇ": "ಕರಳವಶ",
    "ೊ": "ಂಳ",
    "ೋ": "ಗ",
    "್": "ಕಗಚಟಡಣತಥದಧನಪಬಮಯರಲಳವಷಸ",
    "ം": "ഗഘബഭസ",
    "അ": "ധനറവ",
    "ആ": "ര",
    "ഇ": "തന",
    "എ": "ന",
    "ഒ": "ര",
    "ക": "യരളഴാിുൂേൊോ്ൾ",
    "ഗ": "്",
    "ങ": "ള്",
    "ച": "ിുെ്",
    "ഞ": "്",
    "ട": "ങതിുെ്",
    "ഡ": "ി്",
    "ണ": "ം്",
    "ത": "നപമിീുെ്",
    "ഥ": "ാ",
    "ദ": "േ്",
    "ധ": "ി",
    "ന": "ംടതാിുെേ്",
    "പ": "രറാിുെേൊോ്",
    "ഭ": "ാ",
    "മ": "നാുൂെേ്",
    "യ": "ംകതമാിുൂോ്",
    "ര": "ംണതളവസാിീുെോ്",
    "റ": "ഞിെ്",
    "ല": "യാുെ്",
    "ള": "ിു്",
    "ഴ": "ി",
    "വ": "നരസാിീുേ്ർ",
    "ശ": "്",
    "ഷ": "്",
    "സ": "ംമാിെ്",
    "ാ": "ംകഗങജടണതധനപമയരറലളഴവഷസഹൻർ",
    "ി": "കങചജഞടഡതദധനപമയരറലവശഷസൽ",
    "ീ": "കവസ",
    "ു": "ംകഖടണതനപമരറളവ",
    "ൂ": "ട",
    "ൃ": "ത",
    "െ": "ടനയ",
    "േ": "കതരശഷഹ",
    "ോ": "കഗടല",
    "്": "കങചഞടണതഥദധനപമയരറലളവഷസ",
    "ൽ": "ക",
    "آ": "ن",
    "أ": "سكمنوي",
    "إ": "لن",
    "ئ": "يیے",
    "ا": "ءئبةتثجحخدرزسشصضطعفقكلمنهويًپکہی",
    "ب": "اةتحدرسطعقلنهويی",
    "ت": "ابجحخرصعفقلمنهوىيھی",
    "ث": "ر",
    "ج": "ادرلمنهوي",
    "ح": "اةتدرسقلمنوي",
    "خ": "ابتدرصلو",
    "د": "اةرمنهوىيی",
    "ذ": "الهي",
    "ر": "ابةتجحدسضفقكمنهوىيکی",
    "ز": "اميی",
    "س": "ابةترطعلمنويیے",
    "ش": "اتدرنهوي",
    "ص": "اةحدرفلنو",
    "ض": "ار",
    "ط": "ابةرلنو",
    "ع": "ابةتدرضلمنوي",
    "غ": "اي",
    "ف": "اةترسضعقوي",
    "ق": "ابةتدرطعلويی",
    "ك": "ابةتثرلمنوي",
    "ل": "أإابةتثجحخدذرسشصطعغفقكلمنهوىيی",
    "م": "ابةتثجحخدرسشصطعقكلمنهويی",
    "ن": "ابةتجدسشظعفقمهويگہیے",
    "ه": "ادذرمنوي",
    "و": "أابتجدرزسشصضطعفقكلمنهيںی",
    "ي": "ابةتثجحدرزسعفقكلمنهو",
    "پ": "ارنهوی",
    "ک": "اترسنهوړھہیے",
    "گ": "اری",
    "ھ": "ی",
    "ہ": "ویے",
    "ی": "اتدرزسشلمنوکں",
}
COMMON: Final = frozenset(
    "ँंःअआइईउऊएऐऑओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरऱलळवशषसह़ऽािीुूृॅेैॉोौ्क़ज़ड़ढ़फ़।॥०१२३४५६७८९॰ঁংঃঅআইউএওকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ়ািীুূৃেৈোৌ্ৎড়ঢ়য়০১২৩৪৫৬৭৮৯ৰৱ৷ਂਅਆਇਈਉਏਐਓਕਖਗਘਚਛਜਝਟਠਡਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵਸ਼ਸਹ਼ਾਿੀੁੂੇੈੋੌ੍ਜ਼ੜ੧੨ੰੱંઃઅઆઇઈઉએઓકખગઘચછજઝટઠડઢણતથદધનપફબભમયરલળવશષસહાિીુૂૃૅેૈૉોૌ્૦૧૨૩૪૫૬૭૮૯அஆஇஉஎஏஒகஙசஜஞடணதநனபமயரறலளழவஷஸஹாிீுூெேைொோ்ంఅఆఇఈఉఎఏఒకఖగచజటడణతథదధనపఫబభమయరలళవశషసహాిీుూృెేైొోౌ్ౖಂಃಅಆಇಈಉಎಐಒಕಖಗಘಚಜಟಠಡಢಣತಥದಧನಪಫಬಭಮಯರಲಳವಶಷಸಹಾಿೀುೂೃೆೇೈೊೋೌ್ೕೖ೦೧೨ംഅആഇഈഉഎഐഒഓകഖഗഘങചജഞടഠഡണതഥദധനപഫബഭമയരറലളഴവശഷസഹാിീുൂൃെേൈൊോ്ൗൺൻർൽൾ،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٓٔ٠١٢٣٤٥٦٧٨٩٪٫٬ٰٹٺٻټٽپٿڀځڃڄڅچڇڈډڊڌڍڏڑړڕږژڙښکڪګڭگڳڵںڻڼھۀہۃۆۇۈۋیۍێېے۔ە۰۱۲۳۴۵۶۷۸۹۽۾ଁଅଆଇକଗଙଚଛଜଟଡଣତଥଦଧନପଫବଭମଯରଲଳଶଷସହାିୀୁେୋ୍ୟ"
)
