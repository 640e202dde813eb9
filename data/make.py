"""Writes the code lists of this folder, or with --check says which of them are not what it would write.

The packages it reads are pinned in tests/judges/requirements.txt.
"""

import json
import re
import sys
import unicodedata
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import babel
import holidays
import pycountry
import vietnam_provinces
from babel import Locale

HERE = Path(__file__).parent

# The list of the decision, in the order of its codes.
ETHNIC_GROUPS = """Kinh (Việt), Tày, Thái, Hoa (Hán), Khơ-me, Mường, Nùng, Hmông (Mèo), Dao, Gia-rai, Ngái, Ê-đê, Ba-na, Xơ-đăng,
    Sán Chay (Cao Lan - Sán Chỉ), Cơ-ho, Chăm (Chàm), Sán Dìu, Hrê, Mnông, Ra-glai, Xtiêng, Bru - Vân Kiều, Thổ, Giáy, Cơ-tu, Gié - Triêng,
    Mạ, Khơ-mú, Co, Tà-ôi, Chơ-ro, Kháng, Xinh-mun, Hà Nhì, Chu-ru, Lào, La Chí, La Ha, Phù Lá, La Hủ, Lự, Lô Lô, Chứt, Mảng, Pà Thẻn,
    Cơ Lao, Cống, Bố Y, Si La, Pu Péo, Brâu, Ơ-đu, Rơ-măm"""


def text(name):
    """A name in Unicode's composed form, with single spaces."""
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", name)).strip()


def units():
    """Provinces and communes as the national statistics office lists them."""
    file = vietnam_provinces.NESTED_DIVISIONS_JSON_PATH
    provinces, communes = [], []
    for province in json.loads(file.read_text(encoding="utf-8")):
        code = f"{province['code']:02}"
        name = text(province["name"])
        own = name.removeprefix("Thành phố ")
        label = {"vi": name, "en": f"{own} City"} if own != name else {"vi": f"Tỉnh {own}", "en": f"{own} Province"}
        provinces.append({"code": code, "label": label})
        for commune in province["wards"]:
            communes.append({"code": f"{commune['code']:05}", "label": {"vi": text(commune["name"])}, "parent": code})
    source = "Tổng cục Thống kê, danh mục đơn vị hành chính hai cấp; PyPI vietnam-provinces " + vietnam_provinces.__version__
    head = {"source": source, "date": vietnam_provinces.__data_version__}
    return [
        ("provinces", {"title": {"vi": "Tỉnh, thành phố", "en": "Provinces and cities"}, **head}, provinces),
        ("communes", {"title": {"vi": "Xã, phường, đặc khu", "en": "Communes, wards and special zones"}, **head, "parents": "provinces"}, communes),
    ]


def ethnic_groups():
    names = [text(name) for name in ETHNIC_GROUPS.split(",")]
    entries = [{"code": f"{at:02}", "label": {"vi": name}} for at, name in enumerate(names, 1)]
    head = {
        "title": {"vi": "Dân tộc", "en": "Ethnic groups"},
        "source": "Quyết định 121-TCTK/PPCĐ ngày 02/3/1979 của Tổng cục Thống kê",
        "date": "1979-03-02",
    }
    return ("ethnic-groups", head, entries)


def countries():
    """ISO 3166-1, named by Unicode's Common Locale Data Repository."""
    vi, en = Locale("vi").territories, Locale("en").territories
    codes = [country.alpha_2 for country in pycountry.countries]
    entries = [{"code": code, "label": {"vi": text(vi[code]), "en": text(en[code])}} for code in codes]
    head = {
        "title": {"vi": "Quốc gia, vùng lãnh thổ", "en": "Countries and territories"},
        "source": f"ISO 3166-1 alpha-2, PyPI pycountry {version('pycountry')}; Unicode CLDR, PyPI babel {babel.__version__}",
        "date": "2026-02-16",
    }
    return ("countries", head, entries)


# Labour Code 2019, Article 112, by the day of the year, and Resolution 28/2026/QH16 for the last.
FIXED = {
    (1, 1): ("Tết Dương lịch", "New Year's Day"),
    (4, 30): ("Ngày Chiến thắng", "Victory Day"),
    (5, 1): ("Ngày Quốc tế Lao động", "International Labour Day"),
    (9, 2): ("Quốc khánh", "National Day"),
    (11, 24): ("Ngày Văn hóa Việt Nam", "Vietnam Culture Day"),
}
TET = ("Tết Nguyên đán", "Lunar New Year")
# By year, what the Prime Minister decides: which five days are Tết, counted from the first of the lunar year, and which day beside 2 September is off.
# Nothing is decided of 2027; of its Tết, the days from 5 to 10 February are off either way, by the rule for days that fall on a weekend.
DECIDED = {2026: (range(-1, 4), (9, 1)), 2027: (range(-1, 3), None)}
# A day off, and the Saturday that is worked for it.
SWAPPED = {date(2026, 1, 2): date(2026, 1, 10), date(2026, 8, 31): date(2026, 8, 22)}


def holidays_of(year):
    """The days off of a year by law, without those that make up for weekends."""
    days = {date(year, *day): name for day, name in FIXED.items()}
    # The lunar calendar of Vietnam, not of China.
    lunar = {name: day for day, name in holidays.country_holidays("VN", years=year, observed=False, language="vi").items()}
    tet, beside = DECIDED[year]
    days |= {lunar["Tết Nguyên Đán"] + timedelta(offset): TET for offset in tet}
    days[lunar["Ngày Giỗ Tổ Hùng Vương"]] = ("Giỗ Tổ Hùng Vương", "Hùng Kings' Commemoration Day")
    if beside:
        days[date(year, *beside)] = FIXED[9, 2]
    return days


def calendar():
    """Days off and days worked in their place."""
    days = {day: name for year in DECIDED for day, name in holidays_of(year).items()}
    for day, (vi, en) in sorted(days.items()):
        # Article 111: a holiday on a day of weekly rest is made up for on the next day that is worked.
        if day.weekday() >= 5:
            instead = day
            while instead in days or instead.weekday() >= 5:
                instead += timedelta(1)
            days[instead] = (f"Nghỉ bù {vi}", f"{en}, in lieu")
    entries = [{"code": day.isoformat(), "label": {"vi": text(vi), "en": text(en)}} for day, (vi, en) in days.items()]
    for off, worked in SWAPPED.items():
        label = {"vi": f"Nghỉ, làm bù ngày {worked:%d/%m/%Y}", "en": f"Off, made up for on {worked.isoformat()}"}
        entries.append({"code": off.isoformat(), "label": label})
        label = {"vi": f"Làm bù cho ngày {off:%d/%m/%Y}", "en": f"Worked in place of {off.isoformat()}"}
        entries.append({"code": worked.isoformat(), "label": label, "kind": "workday"})
    head = {
        "title": {"vi": "Ngày nghỉ lễ, tết và ngày làm bù", "en": "Public holidays and days worked in their place"},
        "source": "Bộ luật Lao động 2019, Điều 111 và 112; Nghị quyết 28/2026/QH16; lịch hoán đổi năm 2026; ngày âm lịch: PyPI holidays " + holidays.__version__,
        "date": "2026-04-24",
    }
    return ("holidays-vn", head, entries)


def written(head, entries):
    """The head member by member, then an entry a line, by code."""
    def line(value):
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))

    members = [f"  {line(name)}: {line(value)}" for name, value in head.items()]
    rows = [f"    {line(entry)}" for entry in sorted(entries, key=lambda entry: entry["code"])]
    return "{\n" + ",\n".join(members) + ',\n  "codes": [\n' + ",\n".join(rows) + "\n  ]\n}\n"


def main():
    differ = []
    for name, head, entries in [*units(), ethnic_groups(), countries(), calendar()]:
        file, content = HERE / f"{name}.json", written(head, entries)
        if "--check" not in sys.argv:
            file.write_text(content, encoding="utf-8", newline="\n")
        elif file.read_text(encoding="utf-8") != content:
            differ.append(file.name)
    print("refused: " + ", ".join(differ) if differ else "accepted")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
