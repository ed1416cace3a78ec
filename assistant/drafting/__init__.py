"""A proposal becomes a reply: parsing, evidence, outline, draft, Word file.

``Drafter(library)`` is the door. It needs no model; where the library's settings name one, the model
writes the sentences and each is checked. Drafts are frozen; every change returns a new one, which
``DraftStore.keep`` stores as the next version, with what the user asked for (``draft.wish``)::

    drafter.draft(text, wish)              the draft of a reply
    drafter.steps(text, wish)              the same, as an iterator: Step, Step, …, at last the Draft
    drafter.redraft(draft, section)        one section anew, by index in draft.sections or by heading
    drafter.redraft_steps(draft, section)  the same, as an iterator
    drafter.exclude(draft, place)          leave a source out; the sections that cite it are made anew
    drafter.pin(draft, place, section)     insist on a passage (section None: where it fits best)
    drafter.include(draft, place)          take back an exclude or a pin (nothing is written anew)
    drafter.complete(draft, wish)          number, session, date, 公开属性 … into the form; the rest stays

    edit_sentence(draft, at, words, library)   the at-th of draft.sentences, checked and marked
    add_sentence(draft, after, words)          a sentence of the user's own
    remove_sentence(draft, at)                 its source sentence is not used again
    edit_heading(draft, section, words)

A ``place`` is a document's id, a passage's id (``citation.passage_id``), or a stretch
``document:start-end``. What the user typed has ``sentence.by_hand``; writing a section anew keeps it, and
keeps the words of every other section (only citation numbers may move). ``sentence.support`` is
``supported``, ``form`` (a phrase of the form), ``placeholder`` (to be filled in), or says what is wrong.
``draft.notices`` are lines for the user that are not part of the letter: that the model failed, or how
many of its sentences were replaced. Errors are AssistantError, mostly QuestionError.
"""

from assistant.drafting.drafter import Drafter
from assistant.drafting.editing import add_sentence, edit_heading, edit_sentence, remove_sentence
from assistant.drafting.form import CATEGORIES, DISCLOSURES
from assistant.drafting.parsing import parse_proposal, proposal_of, read_proposal_file
from assistant.drafting.proposal import (
    Coverage,
    CoveredPoint,
    Draft,
    Paragraph,
    Pin,
    Point,
    Proposal,
    Role,
    Section,
    Step,
    Wish,
)
from assistant.drafting.store import DraftStore, KeptDraft

__all__ = [
    "CATEGORIES",
    "DISCLOSURES",
    "Coverage",
    "CoveredPoint",
    "Draft",
    "DraftStore",
    "Drafter",
    "KeptDraft",
    "Paragraph",
    "Pin",
    "Point",
    "Proposal",
    "Role",
    "Section",
    "Step",
    "Wish",
    "add_sentence",
    "edit_heading",
    "edit_sentence",
    "parse_proposal",
    "proposal_of",
    "read_proposal_file",
    "remove_sentence",
]
