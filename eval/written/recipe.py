"""The stock recipe with a model: LangChain's stuffed prompt over the ensemble retriever's chunks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.answering.markers import marked_sentences
from assistant.settings import Settings
from assistant.types import (
    Answer,
    Citation,
    Intent,
    Question,
    Reason,
    Sentence,
    Status,
)
from eval.stock import Chunk, Stock

STUFFED = 5
ANSWER_TOKENS = 700
# RetrievalQA's own prompt (langchain_classic.chains.question_answering.stuff_prompt), as Chinese
# tutorials give it.
SYSTEM = """使用以下上下文来回答用户的问题。
如果你不知道答案，就说你不知道，不要试图编造答案。
----------------
{context}"""
_REFUSES = re.compile(
    r"不知道|无法|抱歉|不清楚"
    r"|(?:没有|[并尚]?未)[^，。]{0,4}(?:提供|提到|提及|找到|明确|给出|说明|包含|涉及|规定|设定|设置|制定|公布|关于|相关|具体)"
)


class Recipe:
    """Retrieve, put the chunks into one prompt, let the model answer; nothing is checked."""

    def __init__(self, stock: Stock, settings: Settings) -> None:
        from langchain_core.prompts import ChatPromptTemplate
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        options: dict[str, Any] = {
            "model": settings.model_name,
            "base_url": settings.model,
            "api_key": SecretStr(settings.model_key or "none"),
            "timeout": settings.model_timeout,
            "temperature": 0.0,
            "extra_body": {"max_tokens": ANSWER_TOKENS},
        }
        prompt = ChatPromptTemplate.from_messages([("system", SYSTEM), ("human", "{question}")])
        self._stock, self._chain = stock, prompt | ChatOpenAI(**options)

    def search(self, query: str) -> tuple[Chunk, ...]:
        """Return the chunks that go into the prompt, best first."""
        return self._stock.search(query, STUFFED)

    def stream(self, query: str, chunks: Sequence[Chunk]) -> Iterator[str]:
        """Yield the answer as it is written."""
        context = "\n\n".join(chunk.text for chunk in chunks)
        for piece in self._chain.stream({"context": context, "question": query}):
            yield str(piece.content)


def as_answer(query: str, text: str, chunks: Sequence[Chunk], ids: Mapping[str, str]) -> Answer:
    """Read a reply as an answer that cites, in every sentence, every chunk of its prompt.

    The recipe asks for no marks (those written all the same are taken out), so each is taken to rest on all of them. ``ids`` are the documents'
    ids by file name. It is a refusal where a sentence says that it does not know.
    """
    said = [sentence.text for sentence in marked_sentences([text])]
    numbers = tuple(range(1, len(chunks) + 1))
    refused = any(_REFUSES.search(sentence) for sentence in said) or not said
    return Answer(
        question=Question(query, query, Intent.VALUE),
        status=Status.REFUSED if refused else Status.ANSWERED,
        reason=Reason.NOT_IN_DOCUMENTS if refused else None,
        sentences=tuple(Sentence(sentence, numbers) for sentence in said),
        citations=tuple(_cited(number, chunk, ids) for number, chunk in enumerate(chunks, 1)),
    )


def _cited(number: int, chunk: Chunk, ids: Mapping[str, str]) -> Citation:
    place = chunk.place
    return Citation(number, ids[place.document], "", place.span, chunk.text, ())
