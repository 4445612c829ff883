"""A plan as a calendar file, read back by hand as RFC 5545 has it and by the icalendar library."""

import datetime
import re
from dataclasses import replace

import pytest
from icalendar import Calendar

from norm_engine.exchange.plan_ics import plan_ics
from norm_engine.language import speaking
from norm_engine.model.plan_results import PlanResult
from tests.support.small_plan import HOSTILE_TITLES, empty_plan, hostile_plan, small_plan

STAMP = datetime.datetime(2026, 9, 14, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))

Property = tuple[str, str]


def unfolded(content: bytes) -> list[str]:
    """The lines of a calendar, checked as RFC 5545 §3.1 asks, and put together again."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in lines:
        assert len(line) <= 75
        # folding must leave every line readable for itself
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", line.decode("utf-8"))
    return content.replace(b"\r\n ", b"").decode("utf-8").removesuffix("\r\n").split("\r\n")


def read_text(value: str) -> str:
    """A TEXT value (§3.3.11): commas, semicolons and backslashes are escaped, lines are ``\\n``."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), value
    assert not re.search(r"\\[^\\;,nN]", value.replace("\\\\", ""))
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def components(content: bytes) -> list[tuple[str, list[Property]]]:
    """The calendar's own properties, then each event's; components are closed in their order."""
    found: list[tuple[str, list[Property]]] = []
    open_: list[tuple[str, list[Property]]] = []
    for line in unfolded(content):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_.append((value, []))
            found.append(open_[-1])
        elif name == "END":
            assert open_.pop()[0] == value
        else:
            open_[-1][1].append((name, value))
    assert not open_
    return found


def events(plan: PlanResult) -> list[dict[str, str]]:
    return [
        dict(properties)
        for kind, properties in components(plan_ics(plan, STAMP))
        if kind == "VEVENT"
    ]


def test_the_calendar_says_what_it_is():
    with speaking("fr"):
        (kind, properties), *_ = components(plan_ics(small_plan(), STAMP))
    head = dict(properties)
    assert kind == "VCALENDAR"
    assert head["VERSION"] == "2.0"
    assert head["PRODID"] == "-//norm-engine//plan//FR"
    assert "Association Point d’Appui" in read_text(head["X-WR-CALNAME"])
    for name in ("DESCRIPTION", "X-WR-CALDESC"):
        assert read_text(head[name]).startswith("Ceci est un niveau de préparation")
        assert "1.1.0" in head[name]


def test_every_step_is_an_event_of_whole_days_whose_end_is_the_day_after():
    found = events(small_plan())
    assert len(found) == 12 + 4 + 1
    first = found[0]
    assert first["DTSTART;VALUE=DATE"] == "20260914"
    assert first["DTEND;VALUE=DATE"] == "20261215"
    assert first["SUMMARY"] == "1. Écrire le cadre déontologique et le faire adopter"
    assert first["CATEGORIES"] == "Poser le cadre"
    assert first["TRANSP"] == "TRANSPARENT"
    # 9:30 at two hours east of Greenwich
    assert {each["DTSTAMP"] for each in found} == {"20260914T073000Z"}


def test_an_event_says_who_how_much_after_what_and_what_it_closes():
    with speaking("en"):
        last = read_text(events(small_plan())[11]["DESCRIPTION"]).splitlines()
    assert last[:5] == [
        "Who: quality lead",
        "Effort: 5 days (2.5 to 7.5)",
        "After: no. 11 and no. 10",
        "On the critical path: a delay moves the end.",
        "Requirements met once done: EVA-01 and EVA-02",
    ]


def test_an_event_says_what_may_not_concern_the_structure_and_what_is_overdue():
    plan = small_plan()
    due = datetime.date(2027, 3, 1)
    last = replace(plan.steps[11], may_not_apply=("EVA-02",), due=due)
    with speaking("en"):
        found = events(replace(plan, steps=(*plan.steps[:11], last)))
    assert read_text(found[11]["DESCRIPTION"]).splitlines()[4:7] == [
        "Requirements met once done: EVA-01",
        "Requirements met once done: EVA-02 (if it concerns you)",
        "Ends after the day due in your follow-up, 1 March 2027.",
    ]


def test_milestones_and_the_audit_are_days_of_their_own():
    with speaking("en"):
        *_, evaluate, audit = events(small_plan())
    assert evaluate["SUMMARY"] == "Workshop finished: Évaluer et faire reconnaître"
    assert (evaluate["DTSTART;VALUE=DATE"], evaluate["DTEND;VALUE=DATE"]) == (
        "20270331",
        "20270401",
    )
    assert audit["SUMMARY"] == "Audit day aimed at"
    assert audit["DTSTART;VALUE=DATE"] == "20270430"


def test_an_audit_day_that_the_steps_miss_says_so_and_one_that_none_keeps_is_no_date():
    day = datetime.date(2027, 3, 1)
    late = replace(small_plan(), audit_day=day, late=30, lacking=("direction",))
    with speaking("en"):
        *_, audit = events(late)
        *_, last = events(replace(late, day_asked=False))
    assert (audit["SUMMARY"], audit["DTSTART;VALUE=DATE"]) == ("Audit day aimed at", "20270301")
    said = read_text(audit["DESCRIPTION"])
    assert said.startswith(
        "The steps end 30 days after 1 March 2027. More days a month are needed for: management."
    )
    assert last["SUMMARY"] == "Workshop finished: Évaluer et faire reconnaître"


def test_identifiers_stay_when_the_plan_is_made_anew_and_differ_between_structures():
    plan = small_plan()
    moved = replace(
        plan, steps=tuple(replace(each, title="…", end=plan.audit_day) for each in plan.steps)
    )
    identifiers = [each["UID"] for each in events(plan)]
    assert len(set(identifiers)) == len(identifiers)
    assert [each["UID"] for each in events(moved)] == identifiers
    elsewhere = [each["UID"] for each in events(replace(plan, structure="Autre"))]
    assert not set(elsewhere) & set(identifiers)
    assert all(re.fullmatch(r"[0-9a-f-]{36}", each) for each in identifiers)


def test_the_same_plan_and_stamp_come_to_the_same_bytes():
    assert plan_ics(small_plan(), STAMP) == plan_ics(small_plan(), STAMP)


def test_hostile_texts_come_back_as_they_were_without_what_cannot_be_written():
    summaries = [read_text(each["SUMMARY"]) for each in events(hostile_plan())]
    assert summaries[0] == f"1. {HOSTILE_TITLES[0]}"
    assert summaries[6] == f"7. {HOSTILE_TITLES[6]}"
    assert summaries[7] == "8. deux lignes et trois séparées"
    assert summaries[8] == "9. contrôles [31m fin"
    described = read_text(events(hostile_plan())[7]["DESCRIPTION"])
    assert "deux\nlignes\net trois\nséparées" in described


@pytest.mark.parametrize("plan", [small_plan(), hostile_plan(), empty_plan()])
def test_another_library_reads_the_same(plan):
    content = plan_ics(plan, STAMP)
    read = Calendar.from_ical(content)
    found = read.walk("VEVENT")
    assert not [error for event in found for error in event.errors]
    steps = {str(event["UID"]): event for event in found}
    assert len(steps) == len(plan.steps) + len(plan.milestones) + 1
    for event, step in zip(found, plan.steps, strict=False):
        assert event.start == step.start
        assert event.end == step.end + datetime.timedelta(days=1)
    for event, properties in zip(found, events(plan), strict=True):
        assert str(event["SUMMARY"]) == read_text(properties["SUMMARY"])


def test_an_audit_on_the_last_day_there_is_has_no_day_after():
    *_, audit = events(replace(small_plan(), audit_day=datetime.date.max))
    assert audit["DTSTART;VALUE=DATE"] == "99991231"
    assert "DTEND;VALUE=DATE" not in audit
