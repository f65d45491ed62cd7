from eval.conscience import written


def test_hardly_a_sentence_made_to_deceive_the_judge_does() -> None:
    """Floors a little under what was measured: 13 of 295 false, 49 of 92 true ones pass."""
    (false, passed_false, all_false), (true, passed_true, all_true) = written()
    assert (false, true) == (False, True)
    assert passed_false / all_false < 0.05
    assert passed_true / all_true > 0.5
