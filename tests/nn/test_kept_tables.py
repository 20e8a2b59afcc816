"""Tables whole: what is found in files of many kinds, how their columns are taken, and what is remarked of them.

Each file is a few lines; what the reader makes of it stands in the folder `kept`: the table, what `inspect` says, and
the rows as the model gets them. Where a file is refused, the sentence.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from kept import same_as_kept

from nn.__main__ import main
from nn.tables.data import Reading, table_dataset
from nn.tables.loading import read_table
from nn.tables.schema import missing_columns, places_without_steps, with_steps

KEPT = Path(__file__).with_name("kept")


def lines(head, row, count=24):
    """A head and rows, made by a function of their number."""
    return "\n".join([head, *(row(k) for k in range(count))]) + "\n"


DAYS = [f"2024-{1 + k % 12:02}-{1 + k % 28:02}" for k in range(60)]
FILES = {
    "plain": lines("size,kind,price", lambda k: f"{k % 7}.5,{'abc'[k % 3]},{3 * k + 1}"),
    "semicolons": lines("größe;preis", lambda k: f"{k},5;{k * 1.25:.2f} €".replace(".", ",")),
    "tabs": lines("a\tb\ty", lambda k: f"{k * k}\t{-k}\t{k % 2}"),
    "blanks": lines("a   b  y", lambda k: f"{k}   {k * 3 % 5}  {'yes' if k % 3 else 'no'}"),
    "pipes": lines("a|b|y", lambda k: f"{k}|x{k % 2}|{k % 4}"),
    "without_head": lines("5.1,3.5,red", lambda k: f"{k / 4},{k % 5},{'red' if k % 2 else 'blue'}"),
    "comments": "# measured in 2024\n# a, b, y\n" + lines("a,b,y", lambda k: f"{k},{k % 3},{k * 2}"),
    "title_above": "Prices of the year\n\n" + lines("size,price", lambda k: f"{k},{k * 2.5}"),
    "sum_below": lines("size,price", lambda k: f"part {k},{k + 1}", 12) + "Total,78\n",
    "missing": lines("a,b,y", lambda k: f"{'' if k % 6 == 0 else k},{'NA' if k % 5 == 0 else 'u'},{k % 2}"),
    "dashes": lines("a,y", lambda k: f"{'-' if k == 3 else k + 0.5},{k}"),
    "strays": lines("a,b,y", lambda k: f"{'n.a.' if k in (3, 4) else k},{'?' if k == 7 else k * 2},{k % 3}"),
    "thousands": lines("area,rent", lambda k: f'"{1234 + k * 1111:,}","{k * 3}.5 €"'),
    "undecided": lines("area,rent", lambda k: f'"{1 + k},{100 + k}",{k}'),
    "percent": lines("share,y", lambda k: f"{k * 3} %,{k % 2}"),
    "mixed_units": lines("weight,y", lambda k: f"{k * 3} {'kg' if k % 2 else 'g'},{k}"),
    "dates": lines("day,y", lambda k: f"{DAYS[k]},{k}"),
    "dates_of_day_first": lines("day;y", lambda k: f"{13 + k % 15}.{1 + k % 12:02}.2023;{k}"),
    "dates_either_way": lines("day,y", lambda k: f"{1 + k % 12:02}/{1 + k % 11:02}/2023,{k}"),
    "moments": lines("at,y", lambda k: f"{DAYS[k]}T{k % 24:02}:30:00Z,{k % 2}"),
    "times": lines("at,y", lambda k: f"{6 + k % 12}:{k * 7 % 60:02},{k % 2}"),
    "years": lines("year,y", lambda k: f"{1990 + k},{k % 5}"),
    "keys": lines("id,code,a,y", lambda k: f"{k + 1},00{k % 90:02},{k % 5},{k % 2}"),
    "codes": lines("zip,a,y", lambda k: f"0{1000 + k % 4},{k},{k * 2}"),
    "constant": lines("a,b,y", lambda k: f"1,{k},{k % 2}"),
    "long_texts": lines("text,a,y", lambda k: f"sentence number {k} of many,{k},{k % 2}"),
    "many_categories": lines("kind,y", lambda k: f"k{k % 20},{k % 3}", 60),
    "spellings": lines("kind,y", lambda k: f"{('Red', 'red', 'RED ', 'blue')[k % 4]},{k % 2}"),
    "booleans": lines("a,b,c,y", lambda k: f"{'TF'[k % 2]},{('true', 'false')[k % 3 == 0]},{'yn'[k % 2]},{k}"),
    "far_apart": lines("income,y", lambda k: f"{10 ** (k % 8)},{k}", 32),
    "an_outlier": lines("a,y", lambda k: f"{1e9 if k == 5 else k},{1e8 if k == 9 else k}", 32),
    "steps": lines("a,y", lambda k: f"{k % 40 + k / 7:.2f},{(k % 40 // 9) ** 2 * 10 + k % 3}", 120),
    "imbalance": lines("a,y", lambda k: f"{k},{'rare' if k in (3, 33) else 'usual'}", 60),
    "one_of_a_class": lines("a,y", lambda k: f"{k},{('once', 'twice', 'many')[min(k, 2)]}", 20),
    "order_of_time": lines("day,a,y", lambda k: f"{DAYS[k % 28]},{k},{k * 2}", 28),
    "quoted": lines('"a, or b","y"', lambda k: f'"{k} ""x"", {k % 3}","{k % 2}"'),
    "same_name_twice": lines("a,a,y", lambda k: f"{k},{k},{k}"),
    "empty_name": lines("a,,y", lambda k: f"{k},{k},{k}"),
    "short_row": lines("a,b,y", lambda k: "1,2" if k == 5 else f"{k},{k},{k}"),
    "few_rows": lines("a,y", lambda k: f"{k},{k}", 5),
    "no_rows": "a,b,y\n",
    "nothing": "",
    "all_missing": lines("a,b,y", lambda k: f",{k},{k}"),
    "target_missing": lines("a,y", lambda k: f"{k},{'' if k % 4 == 0 else k}"),
    "open_quote": 'a,y\n1,2\n"3,4\n5,6\n' + "7,8\n" * 20,
    "nul": "a,y\n1,2\n3\x00,4\n" + "7,8\n" * 20,
    "huge_numbers": lines("a,y", lambda k: f"{'1e400' if k == 2 else k},{k}"),
    "a_grouped_target": lines("a,y", lambda k: f"{k},\"{1000 * (k + 1):,}\""),
    "groups": lines("who,a,y", lambda k: f"{'aaaaaaaabbbbbbbccccccdddddeeeeffg'[k % 33]},{k},{k % 2}", 66),
    "times_missing": lines("day,a,y", lambda k: f"{'' if k == 3 else DAYS[k]},{k},{k % 2}"),
    "one_date": lines("day,a,y", lambda k: f"2024-01-01,{k % 7},{k % 2}"),
    "missing_in_training": lines("a,b,y", lambda k: f"{k % 5},{'3' if k in (0, 14) else ''},{k % 2}"),
    "a_wrong_date": lines("day,y", lambda k: f"{'2024-02-30' if k == 7 else DAYS[k]},{k % 2}"),
    "identifiers": lines("customer_id,order nr,a,y", lambda k: f"{k * 37 % 101},{k * 7 % 50},{k % 5},{k % 2}", 40),
    "counters": lines("year,step,a,y", lambda k: f"{k},{k * 2},{k % 5},{k % 2}"),
    "few_different": lines("a,b,y", lambda k: f"{'xyz'[k % 3]},{k % 2},{('a', 'b')[k % 2]}", 9),
    "thirty_categories": lines("kind,y", lambda k: f"k{k % 30},{k % 3}", 90),
    "thirty_one_categories": lines("kind,y", lambda k: f"k{k % 31},{k % 3}", 93),
    "rare_categories": lines("kind,y", lambda k: f"{'rare' if k % 40 == 3 else 'ab'[k % 2]},{k % 2}", 80),
    "hours": lines("at,y", lambda k: f"2024-01-{1 + k // 12:02} {k * 2 % 24:02}:00,{k % 2}", 48),
    "several_years": lines("at,y", lambda k: f"{2010 + k}-0{1 + k % 9}-01,{k % 2}"),
    "two_sums_below": lines("size,price", lambda k: f"part {k},{k + 1}", 12) + "Total,78\nSource: here,\n",
    "classes_with_units": lines("a,y", lambda k: f"{k},{5 * (k % 3)} kg"),
    "a_target_with_strays": lines("a,y", lambda k: f"{k},{'?' if k == 5 else k * 1.5}"),
    "positive_words": lines("a,y", lambda k: f"{k},{('no', 'yes')[k % 2]}"),
    "true_and_false": lines("a,y", lambda k: f"{k},{k % 2 == 0}"),
    "negative": lines("a,y", lambda k: f"({k}.50),-{k}"),
    "far_target": lines("a,y", lambda k: f"{k},{1000000 if k == 8 else k}", 30),
    "classes_of_numbers": lines("a,y", lambda k: f"{k * k % 17},{(0.5, 1.5, 2.5)[k % 3]}"),
}  # fmt: skip
READINGS = {
    "strays": Reading(missing=("n.a.", "?")),
    "keys": Reading(ignore=("id",), types={"code": "number"}),
    "undecided": Reading(decimal=","),
    "dates": Reading(time="day"),
    "many_categories": Reading(group="kind"),
    "spellings": Reading(same_case=True),
    "booleans": Reading(types={"a": "text", "b": "number"}, ignore=("c",)),
    "imbalance": Reading(positive="rare"),
    "dates_either_way": Reading(types={"day": "date"}),
    "groups": Reading(group="who"),
    "times_missing": Reading(time="day"),
    "order_of_time": Reading(time="a"),
    "a_wrong_date": Reading(types={"day": "date"}),
    "identifiers": Reading(types={"customer_id": "number", "order nr": "category"}),
    "positive_words": Reading(positive="no"),
    "codes": Reading(types={"zip": "number"}, group="nothing"),
    "plain": Reading(types={"size": "colour"}),
    "tabs": Reading(ignore=("c",)),
}


def told(ask):
    """What is answered, or the sentence of a refusal."""
    try:
        return ask()
    except ValueError as error:
        return f"{type(error).__name__}: {error}"


def table_told(path, reading):
    table = read_table(path, missing=reading.missing, decimal=reading.decimal)
    head = [[table.column(name).text(row) for name in table.names] for row in range(min(3, len(table)))]
    facts = [f"{key}: {value}" for key, value in (("names", table.names), ("rows", len(table)), ("notes", table.notes))]
    return "\n".join([*facts, *map(repr, head)])


def data_told(path, reading):
    """The dataset with the last column as target: schema, remarks, parts and the first rows."""
    table = read_table(path, missing=reading.missing, decimal=reading.decimal)
    data = table_dataset(table, table.names[-1], reading=reading)
    parts = {"train": data.train, "validation": data.validation, "held out": data.held_out}
    text = [json.dumps(data.schema.as_dict(), indent=1, ensure_ascii=False), *data.notes, f"fixed: {data.fixed}"]
    for (name, part), indexes in zip(parts.items(), data.indexes, strict=True):
        rows = np.asarray(part.rows)[:2].round(5).tolist()
        targets = np.asarray(part.targets)[:6].round(5).tolist()
        text.append(f"{name}: {len(part)} rows, {np.asarray(indexes)[:8].tolist()}\n  {rows}\n  {targets}")
    return "\n".join(text)


def inspected(name, capsys):
    code = main(["inspect", name])
    said = capsys.readouterr()
    return f"exit {code}\n{said.out}{said.err}"


@pytest.mark.parametrize("name", FILES)
def test_what_is_made_of_a_file_is_the_kept(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    file = f"{name}.csv"
    Path(file).write_text(FILES[name], encoding="utf-8")
    plain = Reading()
    parts = [told(lambda: table_told(file, plain)), inspected(file, capsys), told(lambda: data_told(file, plain))]
    if name in READINGS:
        parts.append(f"with {READINGS[name]}\n{told(lambda: data_told(file, READINGS[name]))}")
    same_as_kept("\n\n".join(parts), KEPT / f"table_{name}.txt")


OTHERS = {  # rows that come later, with what was never seen
    "plain": "size,kind,price\n1e9,z,1\n,a,2\n3,b,x\n",
    "plain_wrong": "size,kind,price\n1,a,1\nx,b,3\n",
    "plain_missing": "kind,price\na,1\n",
    "missing": "a,b,y\n,NA,1\n-5,v,0\n",
    "dates": "day,y\n2035-01-01,1\n,2\nsoon,3\n",
    "moments": "at,y\n2024-01-01T00:00:00Z,1\n1800-01-01T00:00:00Z,0\n",
    "times": "at,y\n25:00,1\n",
    "percent": "share,y\n50,1\n200 %,0\n",
    "thousands": 'area,rent\n"9,999.5",1\n1.5,2\n',
    "codes": "zip,a,y\n01000,1,1\n99999,2,2\n",
    "rare_categories": "kind,y\nrare,1\nnever,0\n,1\nA,1\n",
    "booleans": "a,b,c,y\nT,true,y,1\nX,,n,2\n",
    "steps": "a,y\n-100,1\n60.5,2\n1e6,3\n",
    "far_apart": "income,y\n1e12,1\n-5,2\n",
    "spellings": "kind,y\nRED,1\nBlue,0\nred ,1\n",
    "classes_of_numbers": "a,y\n1,0.5\n2,9.5\n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_rows_that_come_later_are_taken_as_kept(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    learned = name.partition("_")[0] if name.startswith("plain") else name
    Path("learned.csv").write_text(FILES[learned], encoding="utf-8")
    Path("later.csv").write_text(OTHERS[name], encoding="utf-8")
    table = read_table("learned.csv")
    data = table_dataset(table, table.names[-1])
    lines = [f"{data.schema.inputs}, {data.schema.outputs} outputs, {places_without_steps(data.schema)}"]
    for schema in (data.schema, with_steps(data.schema, table, data.indexes[0])):
        remarks = []
        lines.append(told(lambda schema=schema, remarks=remarks: rows_told(schema, read_table("later.csv"), remarks)))
        lines += [f"    {remark}" for remark in remarks]
    lines.append(json.dumps(schema.as_dict(), ensure_ascii=False))
    lines.append(f"{told(lambda: missing_columns(schema, read_table('later.csv')))}")
    same_as_kept("\n".join(lines), KEPT / f"later_{name}.txt")


def rows_told(schema, table, remarks):
    rows = schema.encode(table, remarks)
    targets = told(lambda: schema.target.apply(table).tolist())
    return f"{rows.round(5).tolist()}\n    {targets}, {schema.inputs}"
