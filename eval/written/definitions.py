"""What the figures of the report mean, in words."""

DEFINITIONS = """\
The same rules judge all three systems. They use neither the product's verifier nor a model.

- **What a sentence rests on**: the passages that it cites, with heading path, column heads, and their document's title,
  number, city and dates. Before checking: the passages as the prompt showed them. The stock recipe marks nothing, so each of
  its sentences is taken to rest on all chunks of its prompt; so is a draft sentence without a mark on all passages shown.
- **A number is wrong** if (a) it does not stand in what its sentence rests on, as written (97500 is not 9.75; a year range
  holds its years; the result of a subtraction that is shown, and right, stands); or (b) it stands there, but with another
  unit (a bare table cell takes the unit from the words around it, a share may be given in %; a unit left out is let pass); or
  (c) it contradicts the gold: it is said of an indicator that was asked about, in a gold value's unit, or is one of the
  numbers that the question forbids, and it is no gold value. It is let pass in (c) where the sentence marks it as of another
  city, year or kind (基期, 目标, 已达到) than asked, or where its clause states the right value too (从0.9提升到1.2).
- **A city is wrong** if the sentence names a city or province that what it rests on does not name; or gives a number that no
  document of the city has (the city named last before the number, else the one city asked about), nor one of no city; or
  names none, and everything it cites is of other cities than the one asked about.
- A sentence that denies (没有, 未提及) may repeat the question's words, and so may the remarks that our answers make without a
  citation (how many sentences were dropped); their numbers are checked against question and citations all the same.
- **Unsupported sentence**: one with a wrong number or city, or, where a model wrote it, less than half of whose pairs of
  neighbouring Han characters stand in what it rests on. **Before checking**: the model's first draft. For the stock recipe both are the same.
- 0 of n: the bound in brackets is the 95 % upper bound, 3/n (rule of three).
- **Correctness, values and items stated, false refusals, refusal recall**: as in the other report, by the same code. The stock
  recipe has refused where one of its sentences says that it does not know.
- **Citation precision and recall**: as in the other report; for the stock recipe the chunks of its prompt are its citations.
- **First sentence**: until it stands before the reader, checked in ours; **whole answer**: until the end. Refusals and what the
  model did not get to see count too. Tokens as the service counts them, all calls of a question together.
- **Stock recipe**: recursive splitter (300 characters), Chroma and BM25 with jieba, ensemble, the first 5 chunks stuffed into
  RetrievalQA's prompt (in Chinese, as its tutorials give it), temperature 0, as ours.
- Intervals: 95 %, percentile bootstrap over questions, 2,000 resamples, seeded."""
