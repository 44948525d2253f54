import json
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

from tools import growth


def run(name: str, time: float, unit: str = "us") -> dict:
    return {"name": name, "run_type": "iteration", "cpu_time": time, "real_time": 3 * time, "time_unit": unit}


class GrowthTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name: str, document: object) -> Path:
        path = Path(self.folder.name) / name
        path.write_text(json.dumps(document))
        return path

    def test_the_median_of_each_size_counts_and_the_ratio_is_that_of_the_ends(self) -> None:
        runs = [run(f"growth/an audit, by contacts/{size}", time) for size, times in ((600, (1, 9, 2)), (9600, (3, 4, 70))) for time in times]
        runs += [run("growth/a stop, by contacts/5/manual_time", 1, "ms"), run("BM_Other/5", 1)]
        rows = growth.read([self.file("core.json", {"benchmarks": runs})])

        self.assertEqual(rows[0].points(), [(600, 2), (9600, 4)])
        self.assertEqual(rows[0].ratio(), 2)
        self.assertEqual(rows[1].points(), [(5, 3000)])
        self.assertEqual(len(rows), 2)
        self.assertIn("| an audit | contacts | 2 µs (600) | 4 µs (9,600) | 2.00 |", growth.table(rows))

    def test_the_servers_cost_is_its_processor_time_for_each(self) -> None:
        outcomes = [{"scenario": f"calls beside {n}", "count": 1000, "serverCpuSeconds": 0.2} for n in (500, 8000)]
        outcomes.append({"scenario": "whole calls", "count": 1, "serverCpuSeconds": 1})
        rows = growth.read([self.file("bench.json", outcomes)])

        self.assertEqual([row.points() for row in rows], [[(500, 200), (8000, 200)]])

    def test_a_plot_is_an_image_with_words_for_who_cannot_see_it(self) -> None:
        row = growth.Growth("a routing pass", "waiting contacts", {625: [1], 2500: [2], 10000: [4]})
        image = xml.fromstring(growth.plot(row))

        self.assertEqual(image.get("aria-label"), "a routing pass, by waiting contacts: 4.00 times as much for the sixteenfold")
        self.assertEqual(row.slug(), "a-routing-pass")


if __name__ == "__main__":
    unittest.main()
