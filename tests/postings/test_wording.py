"""The law check reads a posting's cells, but what staff have put otherwise in place of theirs."""

from dataclasses import replace

from app.postings.columns import values_of
from app.postings.draft import PostingDraft
from app.postings.wording import check_again, worded

READ = PostingDraft(
    employer="甲有限公司",
    title="搬运工",
    gender="male",
    description="限男性，需交押金",
    cells={"title": "搬运工", "gender": "限男", "requirements": "限男性，需交押金", "benefits": "包住"},
)
VALUES = values_of(READ)


def test_cells_stand_for_fields_that_are_as_they_were_read() -> None:
    assert worded(READ, read=VALUES, cells=READ.cells).cells == READ.cells


def test_a_changed_field_speaks_for_itself() -> None:
    changed = replace(READ, gender="any", description="力气要大")
    assert worded(changed, read=VALUES, cells=READ.cells).cells == {
        "title": "搬运工",
        "benefits": "包住",
        "description": "力气要大",
    }


def test_taking_the_words_out_takes_the_finding_away_and_no_other() -> None:
    kinds = [finding.kind for finding in check_again(READ, read=VALUES, cells=READ.cells)]
    assert sorted(kinds) == ["fee", "gender"]
    fair = replace(READ, gender="any", description="需交押金")
    assert [finding.kind for finding in check_again(fair, read=VALUES, cells=READ.cells)] == ["fee"]
    lawful = replace(fair, description="")
    assert check_again(lawful, read=VALUES, cells=READ.cells) == ()


def test_a_posting_typed_by_hand_is_read_as_it_is() -> None:
    typed = replace(READ, cells={})
    assert [finding.kind for finding in check_again(typed, read={}, cells={})] == ["gender", "fee"]
