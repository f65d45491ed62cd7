from index.search import Searcher
from rag.assistant import Assistant
from rag.runnable import as_runnable


async def test_the_runnable_answers_what_the_assistant_answers(searcher: Searcher) -> None:
    assistant = Assistant(lambda: searcher)
    runnable = as_runnable(assistant)
    expected = assistant.ask("口袋公园新建几个").citations
    assert runnable.invoke("口袋公园新建几个").citations == expected
    assert runnable.invoke({"question": "口袋公园新建几个", "history": []}).citations == expected
    (answer,) = await runnable.abatch(["口袋公园新建几个"])
    assert answer.citations == expected
    piped = runnable | (lambda answer: answer.citations[0].quote[-7:])
    assert piped.invoke("口袋公园新建几个") == "袋公园50个。"
