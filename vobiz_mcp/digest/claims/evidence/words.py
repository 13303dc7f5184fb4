"""The words that the rules about claims know speech by: English first, Hindi and Hinglish where they are as sure."""

from __future__ import annotations

from typing import Final

DONE: Final[dict[str, tuple[str, str]]] = {
    "book": (
        r"booked|reserved|scheduled|ordered|purchased|bought|enrolled|enroled|registered|signed\s+you\s+up",
        r"book|reserv|schedul|order|purchas|buy|enrol|regist|sign|appoint|ticket|check_?out|checkin|visit",
    ),
    "cancel": (
        r"cancel+ed|deleted|removed|terminated|unsubscribed|discontinued|stopped",
        r"cancel|delet|remov|terminat|unsubscri|stop|discontinu|void|end_",
    ),
    "change": (
        r"changed|updated|modified|upgraded|downgraded|rescheduled|moved|switched|exchanged|replaced|corrected|amended",
        r"chang|updat|modif|upgrad|downgrad|resched|mov|switch|exchang|replac|correct|amend|edit|set",
    ),
    "extend": (r"adjusted|extended|renewed|reset", r"adjust|exten|renew|reset|chang|updat|modif|edit|set"),
    "refund": (
        r"refunded|credited|reimbursed|reversed|waived|compensated|issued",
        r"refund|credit|reimburs|revers|waiv|compens|issu|return|cancel|certificate|voucher|paid_back|payment",
    ),
    "send": (
        r"sent|e-?mailed|texted|mailed|forwarded|dispatched|shipped|notified|messaged",
        r"sen[dt]|mail|text|sms|whatsapp|messag|forward|dispatch|ship|notif|link|inform|alert",
    ),
    "add": (r"added|attached|included|applied", r"add|attach|includ|append|apply|appli|updat|modif|insert|enter|bag"),
    "hand over": (
        r"escalated|transferred\s+you|transferred\s+your\s+call|transferred\s+the\s+call",
        r"escalat|transfer|hand|forward|connect|notif|ticket|callback",
    ),
    "switch": (
        r"opened|closed|activated|deactivated|blocked|unblocked|frozen|locked|unlocked|enabled|disabled|paused",
        r"open|clos|activ|block|fr[eo]*z|lock|enabl|disabl|paus|suspend",
    ),
    "complete": (
        r"confirmed|completed|processed|placed|made|set\s+up|arranged|finali[sz]ed|submitted|created|approved",
        r"[a-z]",
    ),
    "pay": (r"charged|paid|debited|deducted|collected", r"charg|pay|paid|debit|deduct|collect|book|purchas|order|bill"),
}
"""What can be done: the participles that say so, and what the name of a tool that does it holds."""

FAILED: Final = (
    r"\b(?:unfortunately|could not|couldn['’]t|can ?not|can['’]t|unable|not able|issue|problem|failed|fails|error|sorry"
    r"|however|did not|didn['’]t)\b"
)
"""The agent says that something did not work."""
SAYS_DONE: Final = (
    r"\b(?:(?:is|are|was|been) (?:all |now )*(?:taken care of|sorted(?: out)?|settled|done|complete)|all (?:set|done"
    r"|sorted|taken care of)"
    r"|(?:has|have) gone through|went through|good to go|that['’]s (?:all )?(?:done|sorted)|(?:is|was) success(?:ful"
    r"|fully)?)\b"
    r"|हो गया है|\bho gaya\b"
)
"""The agent says of whatever was asked that it is done."""
IS_DONE: Final = (
    r"\b(?:is|are|it['’]s|you['’]re) (?:all |now |both )*(confirmed|booked|reserved|scheduled|cancel+ed|refunded"
    r"|processed|set up|completed?)\b"
)
"""The agent tells a state that may be new, and may have been so before."""
COMPLETED: Final = (
    r"\b(?:reservation|booking|order|appointment|payment|refund|transfer|cancell?ation|change|update|upgrade|ticket"
    r"|purchase"
    r"|subscription|exchange|return|rental|visit|claim)s?\b"
)
"""What is completed or confirmed, where that is a deed and no check."""
ANY_DEED: Final = (
    r"updat|modif|process|submit|execut|perform|manag|handl|creat|post|patch|sav|make|request|set_|apply|complet"
    r"|confirm"
)
"""Parts of the names of tools that may do anything."""

NOT_YET: Final = (
    r"\b(?:if|once|when|whenever|after|until|unless|before|as soon as|in case|would|could|can|will|shall|should|may"
    r"|might|must|not|never|n't|cannot|unable|need|needs|want|wants|like|please|to be|how|whether|agar|jab)\b|n['’]t\b"
)
"""What makes a clause a condition, a wish, a promise or a denial."""

LONG_DONE: Final = (
    r"\bago\b|\byesterday\b|\blast (?:week|month|year|night|time)\b|\b(?:previously|originally|earlier|already"
    r"|initially"
    r"|automatically)\b|\bin the past\b|\b(?:was|were) (?:made|placed|created)\b"
)
"""What puts a deed before the call."""

UPSET: Final = (
    r"\b(?:i['’]?\s?a?m|i feel|i['’]m feeling|feeling|we are|we['’]re|getting|am|makes? me|been|very|really|so|quite|"
    r"extremely|pretty|bit|little)\s+(?:(?:really|very|so|quite|extremely|pretty|getting|feeling|a bit|just|rather"
    r"|absolutely|completely|beyond)\s+)*"
    r"(?:frustrat(?:ed|ing)|unhappy|upset|annoy(?:ed|ing)|angry|furious|irritated|disappointed|dissatisfied|fed up"
    r"|livid|outraged|mad about|mad at|sick of|tired of)\b"
    r"|\bfed up\b|\bsick (?:and tired )?of\b|\bmy frustration\b|\bhow frustrating\b"
    r"|\b(?:this|that|it|which)(?:['’]s| is| was)? (?:so |just |really |absolutely |totally |completely |very )*"
    r"(?:ridiculous|unacceptable|outrageous|a joke|a scam|insane|absurd|infuriating|frustrating|a nightmare)\b"
    r"|\b(?:terrible|horrible|awful|worst|poor|pathetic|lousy|appalling|shitty|crappy) (?:customer )?"
    r"(?:service|experience|company|support|treatment)\b"
    r"|\b(?:i['’]?m|i am|we['’]re|we are) not (?:very |at all |too |really )?(?:happy|pleased|satisfied|impressed)\b"
    r"|\bthat(?:['’]s| is) (?:so |really |very |just )+(?:annoying|frustrating|terrible|awful|bad service)\b"
    r"|\bwaiting(?: for)? (?:so|too|forever|ages|way too) ?(?:long)?\b"
    r"|\bhow many times do i\b"
    r"|\byou(?:['’]re| are) (?:useless|not helping|not listening)\b"
    r"|\bwast(?:e|ing) (?:of )?(?:my )?time\b|\b(?:file|make|lodge|submit) a (?:formal )?complaint\b"
    r"|\bi (?:want|would like|['’]d like|need) to complain\b"
    r"|\bno ?(?:body|one) (?:is helping|helps)\b"
    r"|\bwhat the (?:hell|heck|fuck)\b|\b(?:bullshit|goddamn|for god['’]?s sake)\b"
    r"|\bnever (?:using|buying from|shopping|ordering|coming|flying) .{0,30}again\b"
    r"|(?:बहुत|काफी)\s+(?:परेशान|नाराज़|नाराज|गुस्सा)|\b(?:bahut|kaafi|kafi)\s+(?:pareshan|naraaz|naraz|gussa)\b"
    r"|\bpareshan (?:ho|kar)|परेशान हो"
)
"""The caller says that they are angry, fed up or badly served."""

_WORDS_OF_UPSET_HINTS = """
    frustrated frustrating frustration unhappy upset annoyed annoying angry furious irritated disappointed
    dissatisfied fed livid outraged mad sick tired ridiculous unacceptable outrageous joke scam insane absurd
    infuriating nightmare terrible horrible awful worst poor pathetic lousy appalling shitty crappy waste
    wasting complaint complain nobody hell heck fuck bullshit goddamn god's never happy pleased satisfied
    impressed waiting times useless helping helps listening pareshan naraaz naraz gussa परेशान नाराज़ नाराज
    गुस्सा
"""
UPSET_HINTS: Final = frozenset(_WORDS_OF_UPSET_HINTS.split())
"""One of these words is part of every such sentence."""

NOT_UPSET: Final = (
    r"\b(?:not|n['’]t|never|wasn['’]t|no longer|nothing)\s+(?:\w+\s+){0,2}(?:frustrat|unhappy|upset|annoy|angry|mad|"
    r"disappoint|complain|ridiculous)|\b(?:would|will|might|gets?|be|['’]ll be|could be)\s+(?:\w+\s+){0,2}"
    r"(?:frustrat|unhappy|upset|annoy|angry|furious|mad|disappoint)|\b(?:if|unless)\b[^.?!]{0,60}(?:upset|unhappy"
    r"|angry)"
    r"|\b(?:wife|husband|boss|friend|mother|father|daughter|son|he|she|they|stomach)(?:['’]s| is| was| are| will)?\s+"
    r"(?:\w+\s+){0,2}(?:frustrat|unhappy|upset|annoy|angry|furious|mad|disappoint)|upset stomach"
)
"""Words of somebody else, of what might be, or denied."""

PERSON: Final = (
    r"(?:an? |the |your |some |another )?(?:real |live |actual |human |customer service |customer support |support "
    r"|sales )*"
    r"(?:human(?: being| agents?)?|person|people|agent|representative|rep|operator|manager|supervisor|specialist"
    r"|someone(?: else)?|somebody(?: else)?|colleague|staff member|advisor|adviser)"
)
ASKS_PERSON: Final = (
    rf"\b(?:speak|talk|chat)(?:ing)? (?:to|with) {PERSON}\b|\b(?:connect|transfer|put|pass|hand|escalate"
    rf"|forward) (?:me|this"
    rf"|it|us|my call|the call) (?:\w+ )?(?:to|through to|on to|over to|with) {PERSON}\b"
    rf"|\b(?:get|give) me {PERSON}\b|\b(?:need|want) {PERSON}(?: please)?[.!]?$"
    r"|\b(?:is|are) there (?:a|any|some)?\s*(?:real |live |human )?(?:person|human|one else|body else|someone else) "
    r"(?:i|who|that|you|there)\b.{0,20}\b(?:talk|speak|check|escalate|help)"
    r"|^(?:agent|representative|human|customer service|real person|live agent|operator please)[.!]?$"
    r"|(?:किसी|कोई) (?:इंसान|व्यक्ति|आदमी|एजेंट|मैनेजर) से (?:बात|कनेक्ट)|\bkisi (?:insaan|insan|aadmi|agent|manager"
    r"|person) se baat"
)
"""The caller asks for a person."""

_WORDS_OF_PERSON_HINTS = """
    human person people agent representative rep operator manager supervisor specialist someone somebody
    colleague staff advisor adviser insaan insan aadmi इंसान व्यक्ति आदमी एजेंट मैनेजर
"""
PERSON_HINTS: Final = frozenset(_WORDS_OF_PERSON_HINTS.split())

MISUNDERSTOOD: Final = r"\b(?:misunderst\w+|mix-?up|mixed up|mistaken|misheard|confus(?:ion|ed|ing))\b"
NOT_THAT: Final = r"\bnot\b|n['’]t\b|\brather than\b|\binstead of\b"
_WORDS_OF_CORRECTED_HINTS = """
    misunderstood misunderstanding misunderstand mix-up mixup mixed mistaken misheard confusion confused
    confusing not isn't wasn't isn’t wasn’t wrong incorrect inaccurate never didn't didn’t did said asked no
    nope galat sahi गलत ग़लत सही
"""
CORRECTED_HINTS: Final = frozenset(_WORDS_OF_CORRECTED_HINTS.split())

WRONG: Final = (
    r"^(?:(?:no|nope|sorry|wait|hold on|uh|um|well|but|actually|hey|hmm|excuse me|i['’]m sorry|oh|ok|okay)[,.!:]?\s+)*"
    r"(?:(?:that|this|it)(?:['’]s| is| was)? (?:not|n['’]t) (?:quite |exactly |entirely )?(?:right|correct|true"
    r"|what i (?:said|asked|meant|want(?:ed)?"
    r"|need(?:ed)?|requested|told you|am asking|['’]m asking))\b"
    r"|(?:that|this)(?:['’]s| is| was) (?:wrong|incorrect|inaccurate)\b"
    r"|(?:that|this|it) (?:isn['’]t|wasn['’]t|is not|was not) (?:quite |exactly |entirely )?(?:right|correct|true"
    r"|what i (?:said|asked|meant|wanted|need"
    r"|requested|told you|am asking|['’]m asking))\b"
    r"|not what i (?:said|asked|meant|wanted)\b|you(?:['’]ve| have)? (?:misunderstood|misheard|got (?:that|it|me"
    r"|my \w+) wrong"
    r"|have (?:that|it|my \w+|the \w+) wrong)|i (?:never|didn['’]t|did not) (?:say|said|ask for|asked for|request"
    r"|requested)\b"
    r"|(?:no,? )?i (?:just |already )?said\b[^.?!]*\bnot\b|no,? i (?:said|asked for|asked about)\b"
    r"|(?:that['’]s |you have )?the wrong (?:name|number|city|person)\b)"
    r"|(?:ये|यह|वो) (?:गलत|ग़लत|सही नहीं) (?:है|हैं)|\b(?:ye|yeh|woh|wo) (?:galat|sahi nahi)"
)
"""A sentence that begins by putting right what was just said."""
CHANGED_MIND: Final = (
    r"\bchanged? my mind\b|\bon second thought|\binstead\b|\blet['’]?s (?:make|change|do)\b|\bmake (?:it|that)\b"
    r"|\bchange (?:it|that|the)\b|\brather\b|\bsomething came up\b|\bactually,? (?:can|could|let|make|i['’]d)\b"
    r"|\bfor me\b"
)
"""What says that the caller wants something else now."""

CALLS_IT_OFF: Final = (
    r"\b(?:never ?mind|forget (?:it|about it)|no need|don['’]t (?:need|want) (?:to (?:talk|speak)|a|an|the) ?"
    r"(?:human|person|agent|representative|manager)?|i['’]?ll (?:just )?(?:call|try) (?:back|again|later))\b"
    r"|रहने दो|\brehne do"
)
"""The caller takes a request back."""
PASSES_ON: Final = r"transfer|escalat|hand_?(?:over|off)|human|notify|ticket|call_?back|supervisor|manager|case"
"""Names of tools that pass a caller on to people."""
TAKES_TO_PERSON: Final = (
    r"\b(?:transfer|connect|put|pass|hand)(?:ring|ing)? (?:you|the call|your call)\b|\b(?:i['’]ll|i will"
    r"|let me) (?:get|fetch|find)"
    r" (?:you )?(?:a|my|the|someone)\b"
)
"""The agent says that a person takes over."""

MOVES_MONEY: Final = (
    r"\b(?:charged?|refund(?:ed)?|paid|payment|applied|credited|debited|deducted|billed|reimbursed|covered|issued"
    r"|amount used|compensat\w+)\b"
)
"""A sentence about money that changed hands."""
STILL_TO_COME: Final = (
    r"\b(?:would|could|can|if|next|monthly|every|per month|a month|balance of|remaining balance|usually|normally"
    r"|up to|from now on"
    r"|limit|worth|voucher|discount|save[ds]?|instead of|originally|previously|was)\b"
)
"""What is no report of this payment: what may be, what comes later, a limit, an old price."""
TO_PAY: Final = (
    r"\b(?:additional|extra|remaining|upgrade|change|cost|price|fare|total additional)\s+(?:\w+\s+){0,2}?"
    r"(?:costs?|amount|charges?|fees?|balance|payment|difference|required)\b|\bdifference\b"
)
"""What names the amount that is still to be paid for a change."""
TOTAL: Final = r"\btotal\b|\bcomes to\b|\bwill (?:be charged|cost)\b|\bto be charged\b"
"""What names the whole price."""
MONEY_WORD: Final = (
    r"\b(?:refund\w*|charg\w+|cost|difference|fees?|paid|pay|payments?|credit(?:ed)?|price|amount|money|reimburs\w+"
    r"|billed)\b"
    r"|[$€£₹]\s?\d"
)
"""Whatever names money."""
CALCULATES: Final = r"calc|math|comput|think|eval|reason|arithm"
"""Names of tools that only work out what they are given."""
UNDOES: Final = r"cancel|void|delet|remov|terminat|return"
"""Names of tools whose refund goes without saying."""

ASKS_DEED: Final = (
    r"\b(?:can|could|would|will) you (?:please |also |kindly |then |maybe )*(?:add|send|e-?mail|text|cancel|book"
    r"|reserve|note|remove|apply"
    r"|refund|update|order|schedule|waive|credit|forward|include)\b"
    r"|\b(?:please|also) (?:also )?(?:add|send|e-?mail|text|cancel|book|reserve|note|remove|apply|refund|update"
    r"|order|schedule|waive"
    r"|credit|forward|include)\b"
    r"|\bi(?:['’]d| would)? (?:also )?(?:like|want|need|wanted) (?:you )?(?:also )?to (?:also )?(?:add|cancel|book"
    r"|reserve|remove|apply|order|include)\b"
)
"""The caller asks for something to be done."""
_WORDS_OF_DEED_HINTS = """
    add send e-mail email text cancel book reserve note remove apply refund update order schedule waive credit
    forward include
"""
DEED_HINTS: Final = frozenset(_WORDS_OF_DEED_HINTS.split())
REFERENCE_HINTS: Final = frozenset(("number", "id", "code", "reference"))
ANSWERS_ANY: Final = (
    r"^\W*(?:yes|yeah|yep|sure|certainly|of course|absolutely|ok(?:ay)?|alright|all right|done|no problem|no\b|great"
    r"|perfect|got it|understood|noted"
    r"|unfortunately|sorry|i['’]?m sorry|i apologi[sz]e|i understand|right away|will do|definitely|let me|i['’]?ll"
    r"|i will|i can|i have|i['’]ve|one moment"
    r"|please hold|haan|ji|theek|जी|हाँ|ठीक)\b|\b(?:can(?:no|['’])t|unable|not able|unfortunately|sorry"
    r"|apologi[sz]e)\b|\bto (?:assist|proceed|help)\b"
)
"""The agent answers, whatever it was: an answer in a word leaves open what is meant."""
