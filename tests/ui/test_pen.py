from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from threading import Event

from ui.web.pen import Pen


def test_the_next_one_waits_until_the_pen_is_put_down_and_the_first_is_told() -> None:
    pen, wished, order = Pen(), Event(), []

    def second() -> None:
        wished.set()
        with pen.taken() as mine:
            order.append(("second", mine()))

    with ThreadPoolExecutor(1) as other, pen.taken() as mine:
        assert mine()
        done = other.submit(second)
        while mine():
            wished.wait(0.01)  # until the other wishes for it
        order.append(("first", mine()))
        assert not done.done()
    done.result()
    assert order == [("first", False), ("second", True)]


def test_a_visitor_has_a_pen_of_their_own() -> None:
    pen = Pen()
    with pen.taken() as mine, deepcopy(pen).taken():
        assert mine()


def test_a_pen_is_fresh_until_somebody_takes_it() -> None:
    pen = Pen()
    assert pen.is_fresh
    with pen.taken():
        assert not pen.is_fresh
    assert not pen.is_fresh
