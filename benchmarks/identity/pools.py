"""Names and places to draw from, as often as they are borne in the United States."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "pools"

GROUPS = {
    "white": 0.62,
    "south_asian": 0.10,
    "hispanic": 0.07,
    "black": 0.06,
    "arab": 0.05,
    "chinese": 0.05,
    "korean": 0.025,
    "vietnamese": 0.025,
}
"""Groups of physicians that names are drawn by, and their shares (rounded from general knowledge)."""

_FAMILIES = {
    "chinese": "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Luo Gao"
    " Zheng Liang Xie Tang Deng Feng Cao Peng Chan Wong Lee Leung Cheung Lam Lau Ng Tsai Hsu Chang",
    "korean": "Kim Lee Park Choi Jung Kang Cho Yoon Chang Lim Han Shin Oh Seo Kwon Hwang Song Ahn"
    " Hong Yoo Moon Bae Nam Noh Min",
    "vietnamese": "Nguyen Tran Le Pham Huynh Hoang Vu Vo Phan Dang Bui Do Ho Ngo Duong Dinh Truong"
    " Lam Trinh Doan Ly Mai Dao",
    "south_asian": "Patel Shah Singh Kumar Sharma Gupta Reddy Rao Mehta Desai Joshi Agarwal Jain Iyer"
    " Nair Menon Krishnan Subramanian Chaudhary Chowdhury Mukherjee Banerjee Chatterjee Das Ghosh"
    " Sen Bhatt Kapoor Khanna Chopra Verma Mishra Pandey Trivedi Amin Parikh Gandhi Thakkar Kaur"
    " Gill Sidhu Dhillon Raman Srinivasan Naidu Goel Malhotra Bhatia Arora Sethi",
    "arab": "Khan Ahmed Ali Hussain Malik Syed Mohammed Hassan Rahman Abdullah Haddad Khoury Nasser"
    " Mansour Saleh Farah El-Sayed Al-Hassan Hosseini Siddiqui Qureshi Sheikh Iqbal Ansari Akhtar"
    " Abbas Karim Saeed Aziz Othman Youssef Khalil Ibrahim",
}
_GIVEN = {
    (
        "south_asian",
        "M",
    ): "Sanjay Rajesh Amit Ravi Vijay Sunil Anil Suresh Ramesh Deepak Vikram Arun"
    " Rahul Sandeep Vivek Srinivas Venkata Krishna Sameer Nikhil Rohit Prakash Jayesh Ketan Ankit"
    " Gaurav Aditya Arjun Karthik Ganesh Harpreet Gurpreet Mahesh Rakesh",
    (
        "south_asian",
        "F",
    ): "Priya Anita Sunita Rekha Neha Pooja Shilpa Kavita Anjali Nisha Seema Ritu"
    " Usha Meera Deepa Smita Swati Shweta Archana Jyoti Radhika Lakshmi Vidya Divya Sneha Hetal",
    ("arab", "M"): "Mohammed Ahmed Ali Hassan Hussain Omar Khalid Imran Tariq Faisal Adnan Salman"
    " Usman Bilal Nadeem Sami Rami Hani Tamer Kareem Yousef Yasir Ibrahim Mahmoud Mustafa Reza Hamid",
    ("arab", "F"): "Fatima Aisha Mariam Sara Amina Sana Rabia Nadia Hina Farah Samina Zainab Laila"
    " Noor Hala Rania Dina Lina Mona Maha Reem Yasmin Shirin Nasrin",
    ("chinese", ""): "Wei Ming Jian Jun Li Yan Hong Xiao Ying Jing Hui Lei Ping Qing Yong Bin Chao"
    " Fang Feng Gang Hai Hao Hua Jie Jin Kai Lan Lin Ling Mei Min Ning Peng Qiang Rong Tao Ting Wen"
    " Xin Xue Yi Yu Zhen Weiming Xiaoli Jianguo Yongmei Haitao Xiaohong Minghua Lijuan",
    ("korean", ""): "Sung-Ho Young-Hee Ji-Hyun Sang-Woo Jae-Min Min-Soo Kyung-Ah Eun-Young Soo-Jin"
    " Seung-Hyun Hye-Jin Jung-Hwan Yong-Il Dong-Hyun Joon-Ho Mi-Kyung Hyun-Woo",
    (
        "vietnamese",
        "M",
    ): "Minh Tuan Hung Dung Thanh Long Nam Son Hai Quang Khanh Phuc Hieu Duc Trung",
    ("vietnamese", "F"): "Linh Anh Phuong Thuy Lan Hoa Huong Mai Ngoc Nga Hanh Chau Trang Thao",
}
_OWN_GIVEN = {"south_asian": 0.9, "arab": 0.85, "chinese": 0.5, "korean": 0.5, "vietnamese": 0.55,
              "hispanic": 0.65}  # fmt: skip
"""How many of a group have a given name of the group's own; the others one of the time's."""

_BY_CENSUS = {"white": "white", "black": "black", "hispanic": "hispanic"}
_EXTRA = {"south_asian": 0.45, "arab": 0.5}
"""How many have a family name that only the census knows, and no list of ours."""


class Drawing(NamedTuple):
    """Values with their weights, summed up: what ``random.choices`` takes."""

    values: Sequence[str]
    sums: Sequence[float]

    def draw(self, chance: random.Random, count: int = 1) -> list[str]:
        """Draw so many."""
        return chance.choices(self.values, cum_weights=self.sums, k=count)


def weigh(weights: Mapping[str, float]) -> Drawing:
    """Return a drawing of what weights are given for."""
    return Drawing(list(weights), list(accumulate(weights.values())))


def falling(words: Iterable[str]) -> Drawing:
    """Return a drawing in which each word is rarer than the one before."""
    return weigh({word.upper(): 1 / (place + 3) for place, word in enumerate(words)})


def read_pool(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a pool."""
    with gzip.open(_FOLDER / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def families() -> dict[str, Drawing]:
    """Return the family names of each group."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_pool("families"):
        name, count = row["name"], int(row["count"])
        for group, column in _BY_CENSUS.items():
            share = float(row[column]) / 100
            if share > (0.3 if group == "hispanic" else 0.02):
                weights[group][name] = count * share
        if float(row["asian"]) > 60 and len(name) > 5:
            for group in _EXTRA:
                weights[f"more_{group}"][name] = count
    found = {group: weigh(names) for group, names in weights.items()}
    return found | {group: falling(text.split()) for group, text in _FAMILIES.items()}


@cache
def given_of_decades() -> dict[tuple[int, str], Drawing]:
    """Return the given names of the newborn, by decade and sex."""
    weights: dict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for row in read_pool("given"):
        weights[int(row["decade"]), row["sex"]][row["name"]] = int(row["count"])
    return {key: weigh(names) for key, names in weights.items()}


@cache
def given_of_groups() -> dict[tuple[str, str], Drawing]:
    """Return the given names of groups of their own, by sex; of either where it tells nothing."""
    found = {key: falling(text.split()) for key, text in _GIVEN.items()}
    women: dict[str, float] = {}
    men: dict[str, float] = {}
    for row in read_pool("hispanic_given"):
        (women if row["name"].endswith("A") else men)[row["name"]] = int(row["count"])
    return found | {("hispanic", "F"): weigh(women), ("hispanic", "M"): weigh(men)}


@cache
def cities() -> dict[str, Drawing]:
    """Return the cities of each state, with their people as weights."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_pool("cities"):
        weights[row["state"]][row["city"]] = int(row["population"])
    return {state: weigh(names) for state, names in sorted(weights.items())}


@cache
def states() -> Drawing:
    """Return the states, with their cities' people as weights."""
    people: dict[str, float] = defaultdict(float)
    for row in read_pool("cities"):
        people[row["state"]] += int(row["population"])
    return weigh(dict(sorted(people.items())))


def draw_families(chance: random.Random, group: str, count: int) -> list[str]:
    """Draw family names of a group; one in ten is so rare that no table has it."""
    own = families()[group].draw(chance, count)
    if group in _EXTRA:
        more = families()[f"more_{group}"].draw(chance, count)
        share = _EXTRA[group]
        own = [b if chance.random() < share else a for a, b in zip(own, more, strict=True)]
    others = chance.sample(own, len(own))
    return [
        a[: (len(a) + 1) // 2] + b[len(b) // 2 :] if chance.random() < 0.1 else a
        for a, b in zip(own, others, strict=True)
    ]


def draw_given(chance: random.Random, group: str, sex: str, born: int) -> str:
    """Draw a given name of a group, or one of the time."""
    if chance.random() < _OWN_GIVEN.get(group, 0.0):
        by_group = given_of_groups()
        key = (group, sex) if (group, sex) in by_group else (group, "")
        return by_group[key].draw(chance)[0]
    decade = min(1990, max(1940, born // 10 * 10))
    return given_of_decades()[decade, sex].draw(chance)[0]
