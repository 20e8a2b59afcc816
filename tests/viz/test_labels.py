"""Labels: whatever a user writes, what comes out can be shown and means nothing to DOT, records, XML or HTML."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hostile import LABELS, labels
from hypothesis import given

from viz.svg.labels import LONGEST, MISSING, clean, dot_string, record_label, xml


@given(labels)
def test_a_cleaned_label_can_be_encoded_and_is_one_short_line(label):
    cleaned = clean(label)
    cleaned.encode("utf-8")
    assert len(cleaned) <= LONGEST
    assert cleaned == cleaned.strip()
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\u2028\u2029]", cleaned)


@given(labels)
def test_cleaning_twice_changes_nothing_more(label):
    assert clean(clean(label)) == clean(label)


@given(labels)
def test_escaped_text_comes_back_from_an_xml_parser_as_the_cleaned_label(label):
    element = ElementTree.fromstring(f'<t a="{xml(label)}">{xml(label)}</t>')
    assert (element.text or "") == clean(label, longest=100_000)
    assert element.get("a") == clean(label, longest=100_000)
    assert len(element) == 0


@given(labels)
def test_a_dot_string_ends_where_it_should(label):
    assert re.fullmatch(r'"(?:[^"\\]|\\\\|\\")*"', dot_string(label))


@given(labels, labels)
def test_a_record_has_as_many_fields_as_it_was_given(first, second):
    inside = record_label((first, second))[1:-1]
    bare = re.sub(r"\\.", "", inside)  # what is left when every escaped character is gone
    assert bare.count("|") == 1
    assert not set(bare) & set('{}<>"\\')


@pytest.mark.parametrize("text", ["plain", "w[0]", "日本語", "שלום", "a + b = c", "x'"])
def test_harmless_labels_stay_as_they_are(text):
    assert clean(text) == text


def test_what_cannot_be_shown_leaves_a_visible_mark():
    assert clean("a\0b\ud800c\u202ed") == f"a{MISSING}b{MISSING}c{MISSING}d"


def test_long_labels_are_cut_and_say_so():
    assert clean("x" * 100_000) == "x" * (LONGEST - 1) + "…"
    assert clean("x" * LONGEST) == "x" * LONGEST


def test_the_list_of_hostile_labels_holds_what_it_must():
    assert any("</script>" in label for label in LABELS)
    assert any(len(label) == 100_000 for label in LABELS)
