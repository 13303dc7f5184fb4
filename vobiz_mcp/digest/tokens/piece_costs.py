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
    "ccommodate accordance according accounts accuracy achieve achieved achieving acknowledge acknowl"
    "edging acoustic acquisition across act action actions active activities activity actual actually"
    " ad added adding addition additional adds adjust adjusted adjusting adjustment admissions adopti"
    "on affect affected affects after aftermarket afternoon afterwards again against ages ago agree a"
    "greement agreements ahead airline airlines airport allow allows almost alone along alpha already"
    " also alternative although always am among amounts an analysis analysts announce announced annou"
    "ncement annual another answered answers anticipate anticipated ants anybody anyone anything anyw"
    "ay apologize app appeal appellate appendix applications applied apply applying appointment appre"
    "ciate approach appropriate approval approximately arbitrary are area areas arguably arise arithm"
    "etic around arranged arrival arrive arriving ask asked asking asset assets assigned assignments "
    "assist assistance assistant associated assume assumptions assure assured attached attendance att"
    "ending attraction attractions augmented availability aviation avoid await aware away bac backgro"
    "und backlog bad baggage bags balance balances band bank banks bare base basically basis bathroom"
    "s bear because become becomes been before begin beginning behalf behavior behind being believe b"
    "ell below benefit benefits best bet better between beyond big billed billing billion bills binar"
    "y binding bio black blue board boards boat boats bodies bonds book booked bookings both bottom b"
    "ought bound box breakdown breakpoint bring bringing broad broadly broke brook brought budget bui"
    "ld builds built bunch burn bus buses businesses but button buttons buy bye cabin calculate calcu"
    "lated calculation callable caller calling came can cancel canceled cancellation cancellations ca"
    "ncelled cancelling cannot cap capabilities capability capacity capital cards care carrier carrie"
    "rs carry cars cases cashback cast cat categories cats caught cause caused cb cent centre cents c"
    "ertain certainly certificates chain challenge challenged challenges challenging chamber chance c"
    "hanged changes changing channels character characterize characters charged charges cheap cheapes"
    "t checked checking checkout chief chiefs child children choice choose chose claim claims classes"
    " clause clauses clean cleaning clearly close closed closely closing colleague colleagues collect"
    " collecting collections college colleges color colour colours combination come comes comfortable"
    " coming comma commands comment comments commercial commission commissions commit commitment comm"
    "itted committee common communication communities community commute companies company comparable "
    "compare compared comparison compensation competing competitive compile complained complete compl"
    "eted completely completing complicated components compression compulsory computers concern conce"
    "rns concludes condensed condition conditions conduct conference confidence confident confirm con"
    "firmation confirmed confusion connect connecting consider considered considering consistent cons"
    "ole consolidated constant constituents constructed construction constructor consumer consumers c"
    "ontacting contain contained container containing content continued continues continuing contract"
    " contracting contracts contractual contributed contribution control controversial convenient con"
    "versations conversion converted cooled core coronavirus corporate correct correctly correspondin"
    "g costs could counted counts couple course court cover covered create creating creation creative"
    " crisis criteria critical curious currencies current currently curriculum custom customers custo"
    "mize cut cycle cycles da daily dates days de dead deal dealing debit debt debugger decide decide"
    "d decimal decision decisions decline declined declines dedicated deeper defaults define defines "
    "defining definitely definition definitions degree degrees delay delayed delays deliberately deli"
    "ver delivered deliveries delivering demand denial depart departing departure depend depending de"
    "pends derived described descriptor descriptors design desk despite detail determination determin"
    "e determined develop developed developing development dial did differ difference differences dif"
    "ferent difficult digit digital digits dining directly discipline disciplined discount discuss di"
    "scussed discussing discussion discussions display disruption distancing distributed division do "
    "documentation does doing dollar dollars done door dot double doubled doubt down downgrade downlo"
    "ad downturn draw drive driven driving drop dropping drops due during dynamic dynamics each earli"
    "er early earnings easier east easy economic economy education effect effective effectively effec"
    "ts efficient efforts eh eight either elected elements eleven eligible emails embracing emerge em"
    "ergency emissions employee employees employer employers employment empty encourage encouraged en"
    "ded ending ends energy enforce engage engaged engine engineer engineering engines enhanced enhan"
    "cement enjoy enough ensure ensuring entered entire entirely entrance environment environmental e"
    "qual equality equipment equity equivalent errors escalate especially essential established estab"
    "lishment estate estimate estimated evaluate evaluated evaluates evaluation evening evenings even"
    "ly events eventually ever every everybody everyone everything evidence evolving ex exact exactly"
    " examples exceptions excess excluding execute executed executing execution executive exercise ex"
    "isting exists exited expand expanded expanding expansion expect expectation expectations expecte"
    "d expecting expense expenses expensive experience experienced experts expire explicitly explore "
    "exposure expressed expressions extend extending extent external extra extraordinarily extremely "
    "facilities facility facing fact fail fails fair fairly fall families family fancy fantastic far "
    "fashion fast faster favorable feature features federal fee feel feeling fees fern few field file"
    " filed filing filings filters final finally finance financial financially financing finding find"
    "ings fine finish finished finishes finishing firearms firm fiscal fit five fix fixed flat fleet "
    "flexibility flight flights floating floor flow flowed flows flying focus focused folks follow fo"
    "llowed following follows foo food footprint forecast foremost forestry forget formal formatted f"
    "ormatting forth forty forward found fourteen fourth frame fraud friction friend frustration full"
    " fully fun fund funding further gain gap garden gas gave general generally generated generation "
    "generator gentlemen gets getting gift gifts give given gives giving glad globals go goal goals g"
    "oes going gone gonna goodbye got government grade great greater green grew grid ground group gro"
    "ups grow growing growth guess guessed guidance guided guys had half handed handle handled handle"
    "r handling hands hang happen happened happening happens happy hard hats haul have having he head"
    " heading headline health healthcare healthy hear heard hearing hears heart held hello help helpf"
    "ul helping helps her here hi hides high higher highest highlighted highlights highly him his his"
    "toric historically hit hitting hmm hold home homes honest hood hope hopefully hoping hotel hotel"
    "s hours house houses housing how however https huge huh human hundred hung husband hygiene idea "
    "identified identifiers identity ignore ignores illegal imagine immediately immutable impact impa"
    "cted impacting impacts implement implementation implemented implementing implied important impor"
    "ted improve improved improvement improving inbound include included includes including income in"
    "convenience increase increased incremental indeed indicate indicated indicates indicator indigen"
    "ous individual individuals industrial industries industry ineffective information informed infra"
    "structure inheritance initial innovation inquiry inside insights installment instead institution"
    "s instructions insurance integers intend intended interest interested interesting internal inter"
    "net interpretation interpreted interpreter into introduced introducing inventory invest invested"
    " investing investment investments investor investors invite invoked involved iron issue issued i"
    "ssues issuing iterable iteration iterator its itself james job jobs join joined joining journey "
    "judicial jurisdiction just keep keeping keypad keyword keywords kind kinda kinds knew know known"
    " knows language large largely larger late latency later latter launched laundry law lead leaders"
    " leadership leading lean learner learners learning leased least leaves leaving lecturers left le"
    "g legislation legislative lend lending less let letter letters leverage library life light likel"
    "y limited lines liquidity listed listen listening lists literal literals litigation little livin"
    "g load loan loans local located log longer look looked looking looks lookup lose loss losses los"
    "t lot lots love lovely low lower loyalty luck luggage macro made main maintain maintenance major"
    " majority make makes making manage management managing mandate many mappings march margin margin"
    "s mark marked market marketing markets matched matches matching material materially matter maxim"
    "ize may maybe me meal mean meaning means measured measures mechanism mechanisms medical meet mee"
    "ting meetings meets member members membership memo memory mention mentioned merchant message mes"
    "sages met metrics mid middle might miles military million millions mind mindful minister ministe"
    "rs minute minutes mismatch missed mitigation mix mixed mm mobile model models moderate modern mo"
    "dest modification modified modifying modules moment momentum money monitoring months morning mos"
    "t move moved moving ms much multi multiple museum must mutable my myself named names narrow nati"
    "on national natural nature navigate near nearly necessarily necessary need needed needing needs "
    "negative neither nested net neural never newest news nice nicely night nights nine nineteenth ni"
    "nth nobody noisy non nonstop normal normalization normally north notation noted nothing now nume"
    "ric objects obligations obviously occur occurred occurs offers office officers often oil okay ol"
    "d omitted once ones online opening opens operand operating operation operational operators opini"
    "on opportunities opportunity opposed opted option optional options order ordered ordering orders"
    " organic organically organisation organizations original others otherwise our outbound outcome o"
    "utcomes outlook output outside overall overheating override own owner pace pacing package paid p"
    "air pairs pandemic paper par parcel parent parentheses parents parking part partial partially pa"
    "rticipants particular particularly parties partners partnership partnerships parts passed passen"
    "ger passengers past path patience patterns pay payable paying payments pdb pension pent people p"
    "ercent perception perfect performance performed performing perhaps period permanent persistent p"
    "erson personal perspective petition pharma phenomenal pick picked picking piece pieces pipe pipe"
    "line places planned planning plans plastics platinum play played playing plays please pleased pl"
    "easure plus podcasts pointing points policies policy political portfolio portfolios portion posi"
    "tion positional positioned positive possibility possible possibly post postcode posted potential"
    " potentially power powerful practices pre precision prefer preference preferred premise prepared"
    " present presentation presented preserve president press pressing pressure pressures pretty prev"
    "ious previously priced pricing primarily primary print prior priorities priority privacy pro pro"
    "bably problem problems procedures proceed proceeding proceeds process processed processes produc"
    "e producing product production products professional profile profit profound program programme p"
    "rogrammes programs progressed project projection promo proof proper propositions protect protect"
    "ive proud provide provided provides providing provinces provincial provision public pull pulled "
    "purpose purposes pursue push pushed put putting qualification qualifications quarter quarterly q"
    "uarters questions queue queued quick quickly quite radio rain raised raises ramp ran rang rapid "
    "rapidly rare rated rates rather reach reached ready real reality realizing really reasons reboun"
    "d receive received recent recently recession recognition recognize recommend recorded recording "
    "recover recovery reduce reduced reduction reductions refer reference referenced references refle"
    "cted reflecting refresh refund refunded refunds regard regarding regardless regularly regulators"
    " regulatory reinforce relations relative relatively release relevant relief rely remain remainde"
    "r remaining remains remarks remember remind reminder remote remove removed rent rental repeat re"
    "peated replace replaced replacement replacing replies report reported reports represent represen"
    "tation represented representing represents request requested requesting requests require require"
    "ment requirements requires research reservation reservations reserve reserved reserves reset res"
    "idential resolution resources respect respond response rest restart restaurant restrictions rest"
    "ructuring result resulted resulting retail retain retrieve retrieved returned returning returns "
    "revenue revenues review reviews ride riding right rights rigorous ringing risk risks road room r"
    "oster roughly rounded routing row ruling run runtime safe safely safety said sale sales salon sa"
    "ve savings saw say saying says scale scheduled school schools scope se search searched searching"
    " season seat seats second secrets section sector security see seeing seem seems seen segment seg"
    "ments select selected selling semantics send senior seniors sense sensitive sentiment separator "
    "sequences serial serve served serves services session sets settlement setup seven several shape "
    "share shared she sheet shift shop short shortly should shown shows shut shutdown side sign signa"
    "l signed significant significantly signs silence silent similar simple since single site situati"
    "on six size skills skip slicing slide slightly slow slowdown small smaller smart so social softe"
    "r sold solid solutions some somebody somehow someone something sometimes somewhere soon sorry so"
    "rt sound sounds sources space spare speak speaker speakers speaking specific specification speci"
    "fied specify spectral spectrum speech speed spell spend spending spent spoke spot spread squeezi"
    "ng stable stack staff stage stakeholders stand standard standpoint starred stars starting starts"
    " stated statements stay staying steady steam steel steps still store stored stories straight str"
    "ategic strategy streaming streams strength strengthen stress strings strong stronger structural "
    "structure structured struggling students study stuff subclass subclasses subjects subscription s"
    "ubsequent subsidy substitution subtraction successful successfully such suggest suit suite summe"
    "r superior supplementary supplied supply supported supporting supports suppose supposed sure sur"
    "prise surrounding suspect swing switch syntax system systems table take taken takes taking talen"
    "ted talk talked talking target targeting targets tau tax taxes taxi teachers team teens telephon"
    "e tell tells temporary ten tend tender terms territory tested tests than thank thanks their them"
    " themselves then there therefore these they thing things think thinking third those though thoug"
    "ht thoughts thousands through throughout tickets tie tighten till timely times timing today toge"
    "ther told too took tools top touch tourism toward tower town traceback track tracking traffic tr"
    "aining transaction transcript transformation transformed transition transparent travel traveling"
    " travels treated trend trends tried truck trust truth trying turbine turbines turn turns twice t"
    "ypical typically uh ultimately um unable uncertain uncertainties uncertainty under underlying un"
    "derstand understanding unfortunately unhappy units universal universities university unless unpr"
    "ecedented until unusual upcoming update updated upgrade upgraded upgrades upgrading upon upper u"
    "pstairs urgent us use used useful uses usual usually utilities utility vaccine valet valid valid"
    "ate validation valley valuable valued variables various vehicle venue verified verify version ve"
    "rsions versus very via view views virus visibility vision visits vocational voice volume volumes"
    " voucher vulnerable wage waited waiting waived wallet wanna want wanted wanting wants warmer was"
    " ways we weapons weather web website week weeks welcome well went were what whatever when whenev"
    "er whereas whether which while who whoever whole whose why will wind window winning winter wish "
    "wishes withdraw within wonderful wondering word words work worked workers working works world wo"
    "rse worst worth would wrap write written wrong yeah years yet yield yields you young younger you"
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
_AFTER = (
    "ंकगचटडतदधनपबस अंगधनपभमवस आतपयरव इंनलस उतदनपस एक ओं और कतमरलहािीुेैो् खािे गतयरलाीुेो् चलािीुे् छ"
    "ि जनबरािीेो् टरी् ठम ड़ि ढ़ ण् तकरािीुेो् थाि दरािीुूेैो् धाि् नकहािीुेो् पकतनरहाीुूो् फि् बंतनर"
    "सहािीेै् भएनािी मंतनहािीुेैोौ् यकमरहाुूेो रकखणतदनमवसहािीुूेो् लगनयािीेो् वनरसहािीे् शनािीु् षा् "
    "संकनबभमरलहािीुूेो् हतमरलािीुेैो ाँंइईउएओकखगचजटठडणतथदधनपफबमयरलवशषसह िंएकखचजटतदधनपभमयरलवशषसह ींकडत"
    "नयर ुकखझतदनपभमरलवस ूनपरलस ृतष ेंकखजटतनपमरलवशषस ैंनयस ोंकगजटडतनरल ौर ्कगचछजञटठडणतथदधनपबमयरलवशषसह "
    "ংলশ অনবভস আগনপমরৰ ইন উদপ এইকখবরস ওয় কটথমরলািেো্ৰ খনা গতুে্ ঘট ঙ্ চলাি্ ছিুে জনাে্ ঞ্ টািো্ ড় তা"
    "িুেো্ থমািে দকািুে্ ধরা্ নািুেো্ পনরাু্ৰ বংছনরলসািৃে্ ভাি মধনািীুৃেো্ যবম়াুেো রকণতবমািীুে্য় লাি"
    "ীেৈো্ শিুে্ ষে্ সংকবভমরহািুে্ হতবযলািৈয় ়াে াঁংইওকখগচছজটডণতথদধনপবমযরলশষসহড়য়ৰ িংউওকচছজটডতদধনপবভময"
    "রলশষসহয় ীতবরয় ুকখটতদধনবমরলষৱ ূল ৃতষ েইওকখছটতদনপবমরলশষসয় োকগজটনমরলৰৱ ্কগচছজঞটঠডণতথদধনপবভমযরলষসৰ ৎ"
    "স য়াে ২০ ৰতািুে ৱা ਅਤ ਆਂਪ ਇਆਕਸਹੱ ਉਸਹ ਕਰਾਿੀੇੋ ਗਿ ਜ਼ਾੀੋ ਣਾ ਤਰਾੀੁੇੋ ਦਰਾੀੇ ਨਹਾੀੂੇ ਪਣਰ੍ ਮਨੀੁੇ ਰਨਹਾੀੂੇ"
    " ਲਈਾੀੇ ਵਾਿੀੇ ਸਕਮ਼ੀੁੰ ਹਨਾਿੀੁੈੋ ਾਂਇਈਉਕਜਡਣਤਦਨਪਬਮਰਲਵਸਹ ਿਆਕਚਤਨਰਲਸਹੰੱ ੀਂਆ ੁਰ ੂਰੰ ੈਂ ੋਂਕਰ ੍ਰਹ ੰਗਜਦ ੱਕਖਚ"
    "ਲ ંકગચટતદધપબ અંનમ આગપરવ ઉતપ એકવ કરલહાેો્ ખા ગયરાીુ્ ઘટ ચાૂ્ છીે જણનરાીુેો્ ટલીે્ ડી ણાીે તમરાિીુ"
    "ેો્ થયાીે દરાિીે્ ધાી નથવહાિીુેો્ પડણરહાીુૂો્ ફિ બંનહાીે્ ભા મનયળહાિીુેો યકાુો રકણતમવસહાિીૂેો્ લ"
    "ગાીેો્ ળી વધરસાિીુેો્ શકુે્ ષ્ સંમરાુેૌ્ હતાિીેો્ ાંઇઈઓકખગચજટડણતથદનપબમયરલળવશષસહ િંકટતનયરલવશસ ીંએ"
    "ઓકડતનમયસ ુંકજરલ ૂર ૃત ેકખટઠડતનમરલવશસ ૈય ોંઈકગજટડતનયરલસ ્કચટડણતથદધનપમયરલવશષસ அதனமரவ இதநர உள என ஒர"
    " கடரளாிுூொ் ங் சிெ் டிுை் ண் தமலாிுெேைொ் நடாி் னை் படதாிுெேொோ் மறாிுேை் யாி் ரிு் றதிு் லுை் ளதி"
    "ை் வராிுெே ாகடணதனமயரறலளவ ிகடதனபமயரறலழவ ுகடதநனபமறளழவ ெயரள ேர ைகதபய ொட ோத ்கசடணதநனபமயறலளவ ంకగచటడతద"
    "ధపబల అంధనయవ ఆయ ఇం ఉం కాిుూేొో్ గాు్ చాిూెే్ జర టిీు్ డంాిు్ తంరిీుెేో్ దరిుే్ ధ్ నాిుే్ పరాుెేైో"
    "్ బా్ భా మంరాీుూెొ్ యంకిుో రంకతభమాిీుెో్ లకనాిీుేో్ ళ్ వచరాిెే్ ష్ సంమాి్ ాంకగచజటడణతదధనపబమయరలవశష"
    "స ింకగజటడతదనపమయరలవషస ీయరలవస ుంకఖగటడతదనరలవస ూడపర ెంకటలస ేంకదపరవశషస ైదన ొన ోగజనల ్కగచటడతథదధనపమయరలవ"
    "శషస ಂಕಗಟಡತದಧಪಬಭ ಅಧನಭವ ಆರ ಇದಲ ಎಂ ಕರಾಿುೆೊ್ ಖ್ ಗರಳಿುೂೆ್ ಚಿ್ ಜನಿೆ ಟಕು್ ಡಿುೆ್ ಣೆ ತನರಾಿುೆ್ ದರಲಾಿುೆೇ್ ಧ"
    "್ ನಡಾಿೀುೆ್ ಪಡರುೊ್ ಬಂಳಿೆೇ್ ಭಾ ಮಂತನಾುೂೇೊ್ ಯಕನಲಾಿ ರಣತದಮಾಿೀುೂೆ್ ಲಾಿೀುೆ್ ಳಿುೂೆ್ ವನರಾಿುೆೇ್ ಶ್ ಷ್ ಸಂಮರಲ"
    "ಾಿುೇ್ ಹಲಾಿೆೇೊ ಾಂಕಖಗಜಟಡಣತದಧನಮಯರಲವಷಸಹ ಿಂಕಗಜಟಡತದಧನಮಯರಲಳವಶಷಸ ೀಡಯವ ುಂಕಖತದರವ ೂರಲ ೃತ ೆಗದಯಲಸ ೇಕರಳವಶ ೊಂಳ "
    "ೋಗ ್ಕಗಚಟಡಣತಥದಧನಪಬಮಯರಲಳವಷಸ ംഗഘബഭസ അധനറവ ആര ഇതന എന ഒര കയരളഴാിുൂേൊോ്ൾ ഗ് ങള് ചിുെ് ഞ് ടങതിുെ് ഡി് ണ"
    "ം് തനപമിീുെ് ഥാ ദേ് ധി നംടതാിുെേ് പരറാിുെേൊോ് ഭാ മനാുൂെേ് യംകതമാിുൂോ് രംണതളവസാിീുെോ് റഞിെ് ലയാുെ"
    "് ളിു് ഴി വനരസാിീുേ്ർ ശ് ഷ് സംമാിെ് ാംകഗങജടണതധനപമയരറലളഴവഷസഹൻർ ികങചജഞടഡതദധനപമയരറലവശഷസൽ ീകവസ ുംകഖട"
    "ണതനപമരറളവ ൂട ൃത െടനയ േകതരശഷഹ ോകഗടല ്കങചഞടണതഥദധനപമയരറലളവഷസ ൽക آن أسكمنوي إلن ئيیے اءئبةتثجحخدرزسش"
    "صضطعفقكلمنهويًپکہی باةتحدرسطعقلنهويی تابجحخرصعفقلمنهوىيھی ثر جادرلمنهوي حاةتدرسقلمنوي خابتدرصلو "
    "داةرمنهوىيی ذالهي رابةتجحدسضفقكمنهوىيکی زاميی سابةترطعلمنويیے شاتدرنهوي صاةحدرفلنو ضار طابةرلنو "
    "عابةتدرضلمنوي غاي فاةترسضعقوي قابةتدرطعلويی كابةتثرلمنوي لأإابةتثجحخدذرسشصطعغفقكلمنهوىيی مابةتثج"
    "حخدرسشصطعقكلمنهويی نابةتجدسشظعفقمهويگہیے هادذرمنوي وأابتجدرزسشصضطعفقكلمنهيںی يابةتثجحدرزسعفقكلمن"
    "هو پارنهوی کاترسنهوړھہیے گاری ھی ہویے یاتدرزسشلمنوکں"
)
AFTER: Final = {letters[0]: letters[1:] for letters in _AFTER.split()}
COMMON: Final = frozenset(
    "ँंःअआइईउऊएऐऑओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरऱलळवशषसह़ऽािीुूृॅेैॉोौ्क़ज़ड़ढ़फ़।॥०१२३४५६७८९॰ঁংঃঅআইউএওকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ়ািীুূৃেৈোৌ্ৎড়ঢ়য়০১২৩৪৫৬৭৮৯ৰৱ৷ਂਅਆਇਈਉਏਐਓਕਖਗਘਚਛਜਝਟਠਡਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵਸ਼ਸਹ਼ਾਿੀੁੂੇੈੋੌ੍ਜ਼ੜ੧੨ੰੱંઃઅઆઇઈઉએઓકખગઘચછજઝટઠડઢણતથદધનપફબભમયરલળવશષસહાિીુૂૃૅેૈૉોૌ્૦૧૨૩૪૫૬૭૮૯அஆஇஉஎஏஒகஙசஜஞடணதநனபமயரறலளழவஷஸஹாிீுூெேைொோ்ంఅఆఇఈఉఎఏఒకఖగచజటడణతథదధనపఫబభమయరలళవశషసహాిీుూృెేైొోౌ్ౖಂಃಅಆಇಈಉಎಐಒಕಖಗಘಚಜಟಠಡಢಣತಥದಧನಪಫಬಭಮಯರಲಳವಶಷಸಹಾಿೀುೂೃೆೇೈೊೋೌ್ೕೖ೦೧೨ംഅആഇഈഉഎഐഒഓകഖഗഘങചജഞടഠഡണതഥദധനപഫബഭമയരറലളഴവശഷസഹാിീുൂൃെേൈൊോ്ൗൺൻർൽൾ،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٓٔ٠١٢٣٤٥٦٧٨٩٪٫٬ٰٹٺٻټٽپٿڀځڃڄڅچڇڈډڊڌڍڏڑړڕږژڙښکڪګڭگڳڵںڻڼھۀہۃۆۇۈۋیۍێېے۔ە۰۱۲۳۴۵۶۷۸۹۽۾ଁଅଆଇକଗଙଚଛଜଟଡଣତଥଦଧନପଫବଭମଯରଲଳଶଷସହାିୀୁେୋ୍ୟ"
)
