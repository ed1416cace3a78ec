"""The documents of the library as HTML, and what adding and removing says; all escaped."""

from __future__ import annotations

from urllib.parse import quote as url_quote

from assistant.app.web.markup import escape
from assistant.app.wording import chinese_date, title_of
from assistant.library import DocumentCard, IndexProgress, IndexReport, SkippedFile

FORMATS = "txt、md、html、docx、pdf（有文字层）、xlsx"
_HEADS = ("文件", "城市", "种类", "文号", "日期", "段落", "指标值", "残缺")


def table(cards: tuple[DocumentCard, ...]) -> str:
    """Lay out the documents, a row each, with links to their text."""
    if not cards:
        return '<p class="none">文件库是空的。请在右侧添加文件。</p>'
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = "".join(map(_row, cards))
    total = sum(card.passages for card in cards)
    return (
        f'<p class="total">共 {len(cards)} 份文件，{total} 段</p>'
        f'<table class="documents"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(card: DocumentCard) -> str:
    cells = (
        card.city,
        card.kind.value,
        card.number,
        chinese_date(card.issued),
        str(card.passages),
        str(card.values),
        f"{card.damage} 处" if card.damage else "",
    )
    url = f"documents/{url_quote(card.id, safe='')}"
    shown = "".join(
        f'<td data-head="{head}">{escape(cell)}</td>'
        for head, cell in zip(_HEADS[1:], cells, strict=True)
    )
    return (
        f'<tr><th scope="row"><a class="open" href="{url}" target="_blank" rel="noopener">'
        f"{escape(title_of(card))}</a><small>{escape(_origin(card))}</small></th>{shown}</tr>"
    )


def _origin(card: DocumentCard) -> str:
    return " · ".join(part for part in (card.issuer, card.source) if part)


def choice(card: DocumentCard) -> str:
    """Name a document in a list to choose from."""
    return f"{title_of(card)}（{card.source}）"


def upload_hint(max_file_mb: int) -> str:
    """Say what can be added."""
    return f'<p class="hint">可添加 {FORMATS}，单个不超过 {max_file_mb} MB，可一次选多个。</p>'


def progress(step: IndexProgress) -> str:
    """Show how far an index run is."""
    doing = f"刚完成：{escape(step.source)}" if step.source else "正在读取…"
    if step.outcome == "vectors":
        doing = "正在写入检索索引…"
    return (
        f'<div class="outcome" role="status"><progress value="{step.done}" max="{step.total}">'
        f"</progress><p>{step.done} / {step.total}，{doing}</p></div>"
    )


def report(finished: IndexReport, names: tuple[str, ...]) -> str:
    """Say what became of the files that were sent."""
    counts = (
        ("新增", finished.added),
        ("更新", finished.changed),
        ("已在库中", finished.unchanged),
        ("未能加入", len(finished.skipped)),
    )
    told = "，".join(f"{name} {count} 份" for name, count in counts if count) or "没有变化"
    skipped = "".join(map(_skipped, finished.skipped))
    listed = f"<ul>{skipped}</ul>" if skipped else ""
    manner = "fault" if finished.skipped else "done"
    sent = f"收到 {len(names)} 份文件：" if len(names) > 1 else ""
    return (
        f'<div class="outcome {manner}" role="status"><p>{sent}{told}。'
        f"文件库现有 {finished.passages} 段。</p>{listed}</div>"
    )


def _skipped(file: SkippedFile) -> str:
    remedy = f"{escape(file.remedy)}。" if file.remedy else ""
    return f"<li><b>{escape(file.path.name)}</b>：{escape(file.reason)}。{remedy}</li>"


def confirmation(card: DocumentCard) -> str:
    """Ask whether to remove a document."""
    return (
        f"<p>确定移除《{escape(title_of(card))}》？它的 {card.passages} 段将不再用于回答。"
        "语料目录中的原件不会删除。</p>"
    )


def fault(message: str) -> str:
    """Say what went wrong."""
    return f'<div class="outcome fault" role="alert"><p>{escape(message)}</p></div>'


def done(message: str) -> str:
    """Say what was done."""
    return f'<div class="outcome done" role="status"><p>{escape(message)}</p></div>'
