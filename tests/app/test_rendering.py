"""What the page shows of documents and questions: always as text, never as markup."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app.web import library_view, messages
from assistant.app.web.cards import NOTHING_YET, Grounds, anchor, card, evidence
from assistant.app.web.conversation import (
    MAX_TURNS,
    Conversation,
    Turn,
    chat_messages,
    evidence_panel,
    plain_text,
)
from assistant.app.web.document_view import body, document_page, missing_page
from assistant.app.web.headers import in_chinese
from assistant.app.web.markup import escape, marked, spans_of
from assistant.app.web.quotes import quoted
from assistant.library import DocumentCard, IndexProgress, IndexReport, SkippedFile
from assistant.types import (
    Answer,
    Cell,
    Citation,
    Damage,
    DamageKind,
    Document,
    DocumentKind,
    Heading,
    Intent,
    Passage,
    Question,
    Reason,
    Sentence,
    Span,
    Status,
    Timings,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=\"document.title='x'\">",
    "[链接](javascript:alert(1)) ![图](http://evil.example/a.png)",
    "<!-- --> ]]> <style>*{display:none}</style> </div></article>",
    "${alert(1)} {{value}} {% raw %} $$x^2$$ `code` **粗** _斜_ ~~删~~",
    '" onclick=alert(1) x=" \' <svg/onload=alert(1)> &lt;b&gt; &#60;',
    "| a | b |\n|---|---|\n# 标题\n- 项\n1. 一\n> 引",
    "javascript:alert(1) data:text/html,<script>",
)
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
    st.lists(st.sampled_from(["<", ">", "&", '"', "'", "甲", "a", " ", "#", ";"]), min_size=1).map(
        "".join
    ),
)
OURS = frozenset(
    [
        "a",
        "article",
        "b",
        "blockquote",
        "br",
        "button",
        "details",
        "div",
        "h1",
        "h3",
        "h4",
        "header",
        "li",
        "mark",
        "p",
        "pre",
        "progress",
        "section",
        "small",
        "span",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


class Reading(HTMLParser):
    """Read HTML as a browser would: tags with attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.comments: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def is_safe(self) -> bool:
        """Say whether all tags are ours, with no handlers and no foreign addresses."""
        names = {tag for tag, _ in self.tags}
        attributes = [
            (name, value or "") for _, given in self.tags for name, value in given.items()
        ]
        handlers = [name for name, _ in attributes if name.startswith("on")]
        links = [value for name, value in attributes if name in ("href", "src")]
        local = all(link.startswith(("#", "documents/")) for link in links)
        return names <= OURS and not handlers and local and not self.comments


def a_document(text: str, **fields: object) -> Document:
    values = {
        "id": "d0",
        "title": "方案",
        "kind": DocumentKind.PLAN,
        "issuer": "青禾市人民政府",
        "city": "青禾",
        "number": "青政发〔2024〕1号",
        "index_number": "",
        "signed": date(2024, 3, 1),
        "printed": None,
        "published": None,
        "source": "方案.txt",
        **fields,
    }
    return Document(text=text, **values)


def a_card(**fields: object) -> DocumentCard:
    values = {
        "id": "d0",
        "title": "方案",
        "kind": DocumentKind.PLAN,
        "issuer": "青禾市人民政府",
        "city": "青禾",
        "number": "青政发〔2024〕1号",
        "index_number": "",
        "signed": date(2024, 3, 1),
        "printed": None,
        "published": None,
        "source": "方案.txt",
        "origin": "corpus",
        "chars": 10,
        "passages": 2,
        "values": 1,
        "damage": 0,
        "indexed_at": datetime(2024, 3, 2, tzinfo=UTC),
        **fields,
    }
    return DocumentCard(**values)


def an_answer(text: str, *, refused: bool = False, cited: bool = True) -> Answer:
    citation = Citation(1, "d0", "p", Span(0, len(text)), text, (text, "二"))
    return Answer(
        Question(text, text + "？", Intent.VALUE),
        Status.REFUSED if refused else Status.ANSWERED,
        Reason.NOT_IN_DOCUMENTS if refused else None,
        (Sentence(text, (1,) if cited else ()),),
        (citation,) if cited else (),
        timings=Timings(total=6.2),
    )


# --- escaping ----------------------------------------------------------------------------------


@given(TEXTS)
def test_escaped_text_reads_back_as_it_was(text):
    read = Reading(f"<p>{escape(text)}</p>")
    assert read.text == text
    assert [tag for tag, _ in read.tags] == ["p"]


@given(TEXTS)
def test_nothing_that_markdown_or_a_template_reads_is_left(text):
    assert not set(escape(text)) - set("&#;") & set("<>\"'*_[](){}`$|!~^\\=+-./:@?%,")


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_marks_change_no_word(text, words):
    read = Reading(marked(text, words))
    assert read.text.split() == text.split()
    assert {tag for tag, _ in read.tags} <= {"mark"}


def test_words_are_found_however_they_are_written():
    text = "到２０２５年，ＣＭＩ值達到1.10"
    found = [span.of(text) for span in spans_of(text, ("cmi", "2025", "达到1.10", "没有"))]
    assert found == ["２０２５", "ＣＭＩ", "達到1.10"]


@given(TEXTS, st.booleans())
def test_messages_and_cards_are_safe_and_show_the_text(text, refused):
    answer = an_answer(text, refused=refused)
    shown = {
        "answer": messages.answer_message(answer, 1),
        "question": messages.question_message(text),
        "pending": messages.pending_message(answer.question, answer.sentences, 1),
        "fault": messages.fault_message(text),
        "evidence": evidence(
            (Grounds(1, answer, (text,)), Grounds(2, answer)), {"d0": a_card(title=text)}
        ),
    }
    assert all(Reading(html).is_safe for html in shown.values())
    chat = (html for name, html in shown.items() if name != "evidence")
    assert not any("\n" in html for html in chat)  # a blank line would hand the rest to Markdown
    words = "".join(text.split())
    assert words in "".join(Reading(shown["answer"]).text.split())
    assert "".join(Reading(shown["evidence"]).text.split()).count(words) >= 2


@given(TEXTS)
def test_the_library_tab_is_safe(text):
    document = a_card(title=text, source=text, issuer=text, city=text, number=text)
    report = IndexReport(1, 0, 0, 0, (SkippedFile(_path(text), text, text),), 3, 0.1)
    for html in (
        library_view.table((document,)),
        library_view.confirmation(document),
        library_view.progress(IndexProgress(1, 2, text, "added")),
        library_view.report(report, (text,)),
        library_view.fault(text),
        library_view.done(text),
    ):
        read = Reading(html)
        assert read.is_safe


def _path(text: str):
    from pathlib import Path

    return Path("/tmp") / (text.replace("/", "／").replace("\0", "") or "x")


# --- documents ---------------------------------------------------------------------------------


@given(TEXTS, TEXTS, TEXTS)
def test_the_document_view_shows_every_character_and_marks_the_quote(before, quote, after):
    text = before + quote + after
    quoted = Span(len(before), len(before) + len(quote))
    whole = Span(0, len(text))
    document = a_document(
        text,
        outline=(Heading(1, "一、", "标题", Span(0, len(before)), whole),),
        damage=(Damage(Span(len(before) // 2, len(before) + 1), DamageKind.CUT_SHORT),),
        apparatus=(Span(len(text) - 1, len(text)),),
    )
    html = body(document, quoted)
    assert Reading(html).text == text
    marks = [given for tag, given in Reading(html).tags if tag == "mark"]
    assert marks[0].get("id") == "here"
    assert sum("id" in mark for mark in marks) == 1
    assert "".join(_marked_text(html)) == quote


def _marked_text(html: str) -> list[str]:
    class Marks(Reading):
        def __init__(self, source: str) -> None:
            self.depth, self.found = 0, []
            super().__init__(source)

        def handle_starttag(self, tag, attrs):
            self.depth += tag == "mark"

        def handle_endtag(self, tag):
            self.depth -= tag == "mark"

        def handle_data(self, data):
            if self.depth:
                self.found.append(data)

    return Marks(html).found


def test_the_corpus_is_shown_whole(library):
    for listed in library.documents():
        document = library.document(listed.id)
        assert Reading(body(document, None)).text == document.text


def test_a_long_document_is_drawn_at_once():
    text = "一、标题\n正文正文正文正文\n" * 8000
    spans = [Span(14 * n, 14 * n + 4) for n in range(8000)]
    document = a_document(
        text,
        outline=tuple(Heading(1, "一、", "标题", span, span) for span in spans),
        damage=tuple(Damage(Span(s.end + 1, s.end + 3), DamageKind.CUT_SHORT) for s in spans),
    )
    began = time.monotonic()
    html = body(document, Span(14, 28))
    assert time.monotonic() - began < 15  # 0.2 s when written; a quadratic one takes minutes
    assert html.count("<b id=") == html.count('class="damage"') == 8000


def test_the_document_page_has_no_script_and_tells_the_metadata():
    document = a_document("<script>1</script>正文")
    html = document_page(a_card(damage=2), document, Span(8, 10), "dark")
    read = Reading(html)
    assert not [tag for tag, _ in read.tags if tag in ("script", "img", "iframe", "link")]
    assert "青政发〔2024〕1号" in read.text and "2024年3月1日" in read.text and "2 处" in read.text
    assert 'data-theme="dark"' in html


def test_a_missing_document_is_said_with_its_name_escaped():
    assert "<b>" not in missing_page("<b>")


# --- answers and evidence ----------------------------------------------------------------------


def test_a_mark_in_the_answer_leads_to_its_card():
    answer = an_answer("到2026年达到85%以上。")
    cards = {"d0": a_card()}
    assert f'href="#{anchor(3, 1)}"' in messages.answer_message(answer, 3)
    shown = evidence((Grounds(3, answer, ("达到",)),), cards)
    assert f'id="{anchor(3, 1)}"' in shown
    assert "<mark>达到85&#37;" in shown or "<mark>达到</mark><mark>85&#37;" in shown
    assert "documents/d0?start=0&end=14#here" in shown
    assert "青禾 · 青政发〔2024〕1号 · 2024年3月1日" in Reading(shown).text


def test_a_refusal_looks_different_and_says_its_kind():
    html = messages.answer_message(an_answer("没有。", refused=True, cited=False), 1)
    assert 'class="answer refusal"' in html
    assert "文件中没有写明" in html
    assert "refusal" not in messages.answer_message(an_answer("有。"), 1)


def test_the_standalone_question_is_shown_only_when_it_differs():
    same = Question("问", "问", Intent.VALUE)
    other = Question("那广元呢", "广元的目标", Intent.VALUE)
    assert "理解为" not in messages.pending_message(same, (), 1)
    assert "理解为：广元的目标" in messages.pending_message(other, (), 1)


def test_an_unsupported_sentence_is_marked():
    sentence = Sentence("达到99%。", (1,), "数字不在原文中")
    assert "未经核实" in messages.pending_message(None, (sentence,), 1)


def test_a_card_of_a_document_that_was_removed_still_shows_its_quote():
    citation = Citation(1, "gone", "p", Span(0, 2), "原文", ())
    assert "原文" in card(Grounds(1, an_answer("甲")), citation, {})


def test_a_table_row_is_shown_under_its_columns():
    text = "质量\n病例组合指数\n0.95\n1.05\n1.1"
    cells = (
        Cell("质量", Span(0, 2), "类别"),
        Cell("病例组合指数", Span(3, 9), "指标"),
        Cell("0.95", Span(10, 14), "2022年"),
        Cell("1.05", Span(15, 19), "2024年"),
        Cell("1.1", Span(20, 23), "2025年"),
    )
    row = Passage("p", "d0", Span(3, 23), (), text[3:], (), cells)
    citation = Citation(1, "d0", "p", Span(3, 23), text[3:], ())
    html = quoted(citation, row, ("1.1", "1.0"))
    said = Reading(html)
    assert said.text == "类别质量指标病例组合指数2022年0.952024年1.052025年1.1"
    assert html.count("<mark>") == 1 and "<mark>1&#46;1</mark>" in html
    assert html.count('class="said"') == 4 and html.count("aside") == 1


@pytest.mark.parametrize(
    ("text", "word", "count"),
    [
        ("1.15和1.1", "1.1", 1),
        ("21.1", "1.1", 0),
        ("2025年", "2025", 1),
        ("达到1.1。", "1.1", 1),
        ("85%以上", "85%", 1),
        ("185%", "85%", 0),
        ("1.10", "10", 0),
        ("第3.1节", "3", 0),
    ],
)
def test_a_number_is_not_marked_inside_another(text, word, count):
    assert len(spans_of(text, (word,))) == count


# --- conversations -----------------------------------------------------------------------------


def test_a_conversation_is_drawn_turn_by_turn():
    talk = Conversation().begin("一")
    assert talk.last and talk.last.is_pending
    talk = talk.put(Turn("一", an_answer("甲"))).begin("二")
    assert talk.questions == ("一", "二")
    shown = chat_messages(talk)
    assert [message["role"] for message in shown] == ["user", "assistant"] * 2
    assert "pending" in shown[-1]["content"]
    assert "已停止" in chat_messages(talk.stopped())[-1]["content"]
    assert talk.stopped().stopped() == talk.stopped()
    assert talk.without_last().questions == ("一",)


def test_numbers_stay_when_old_turns_leave():
    talk = Conversation()
    for number in range(MAX_TURNS + 2):
        talk = talk.begin(str(number)).put(Turn(str(number), an_answer("甲")))
    assert len(talk.turns) == MAX_TURNS
    assert anchor(MAX_TURNS + 2, 1) in evidence_panel(talk, {"d0": a_card()})
    assert f'"{anchor(2, 1)}"' not in evidence_panel(talk, {"d0": a_card()})


def test_evidence_of_earlier_turns_is_folded():
    talk = Conversation().begin("一").put(Turn("一", an_answer("甲")))
    talk = talk.begin("二").put(Turn("二", an_answer("乙")))
    shown = evidence_panel(talk, {"d0": a_card()})
    assert shown.index(anchor(2, 1)) < shown.index("<details") < shown.index(anchor(1, 1))
    assert evidence_panel(Conversation(), {}) == NOTHING_YET


def test_a_copied_answer_carries_its_sources():
    talk = Conversation().begin("一").put(Turn("一", an_answer("甲。")))
    copied = plain_text(talk, {"d0": a_card()})
    assert copied == "甲。[1]\n[1] 《方案》（青禾 · 青政发〔2024〕1号 · 2024年3月1日）"
    assert plain_text(Conversation(), {}) == ""


# --- what surrounds the page -------------------------------------------------------------------


def test_the_page_is_declared_chinese_before_its_scripts_run():
    page = in_chinese(b'<html lang="en"><head><script>1</script></head>')
    assert b'<html lang="zh-CN"><head><script>for (const' in page


@pytest.mark.parametrize("size", [0, 1])
def test_progress_tells_where_it_is(size):
    shown = library_view.progress(IndexProgress(size, 2, "甲.txt" if size else "", "added"))
    assert f'value="{size}" max="2"' in shown
