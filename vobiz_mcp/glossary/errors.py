"""Codes of errors, by who can mend them."""

from vobiz_mcp.glossary.entry import Entry

ERRORS = (
    Entry("not_configured", "A setting that this question needs is absent.", "vobiz-mcp doctor names it."),
    Entry(
        "bad_credentials", "The API refused the keys.", "Whoever runs the server copies them again; vobiz-mcp doctor."
    ),
    Entry(
        "account_blocked",
        "The keys are right and the account may not: inactive, without balance, or not allowed this.",
        "Its owner settles it with the vendor.",
    ),
    Entry(
        "not_found",
        "There is no such call, stream or record.",
        "Check the id, and that it is not the other kind of id.",
    ),
    Entry("invalid_arguments", "The question itself is wrong.", "The line says which argument, and what it takes."),
    Entry("rate_limited", "Too many questions in a short time.", "Wait as long as the line says."),
    Entry("upstream_broken", "The API answered, and it was its own failure.", "Ask again in a few seconds."),
    Entry(
        "upstream_unreachable", "No answer came: the network, or a wrong base URL.", "vobiz-mcp doctor tells which API."
    ),
    Entry(
        "unreadable_answer",
        "An answer came that is no record of this API.",
        "Ask again; if it stays, check the base URL.",
    ),
    Entry(
        "overloaded",
        "The API answered in time; this server had too many questions about long calls before this one.",
        "Ask again in a few seconds. If it stays, more processors or another replica help.",
    ),
    Entry("no_agent_call", "A saved file is no agent call; the line says what it looks like.", "Name another file."),
    Entry("internal_error", "A defect of vobiz-mcp, not of your question.", "Report it with the place that it names."),
)
