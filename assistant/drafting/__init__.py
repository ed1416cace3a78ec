"""A proposal becomes a reply: parsing, evidence, outline, draft, Word file."""

from assistant.drafting.drafter import Drafter
from assistant.drafting.editing import edit_sentence
from assistant.drafting.parsing import parse_proposal, read_proposal_file
from assistant.drafting.proposal import (
    Coverage,
    CoveredPoint,
    Draft,
    Paragraph,
    Point,
    Proposal,
    Role,
    Section,
    Wish,
)
from assistant.drafting.store import DraftStore, KeptDraft

__all__ = [
    "Coverage",
    "CoveredPoint",
    "Draft",
    "DraftStore",
    "Drafter",
    "KeptDraft",
    "Paragraph",
    "Point",
    "Proposal",
    "Role",
    "Section",
    "Wish",
    "edit_sentence",
    "parse_proposal",
    "read_proposal_file",
]
