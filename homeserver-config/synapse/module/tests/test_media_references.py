import unittest
from typing import Any

from smoope_synapse.media_references import find_media_ids

SERVER = "smoope.localhost"


class FindMediaIds(unittest.TestCase):
    def test_finds_files_wherever_they_stand(self) -> None:
        content = {
            "url": f"mxc://{SERVER}/plain",
            "file": {"url": f"mxc://{SERVER}/encrypted"},
            "info": {"thumbnail_url": f"mxc://{SERVER}/small_one-1"},
            "formatted_body": f'<img src="mxc://{SERVER}/inHtml"><img src="mxc://{SERVER}/second">',
            "m.new_content": {"images": ({"url": f"mxc://{SERVER}/deep"},)},
        }
        self.assertEqual(
            find_media_ids(content, SERVER),
            {"plain", "encrypted", "small_one-1", "inHtml", "second", "deep"},
        )

    def test_files_of_other_servers_are_not_ours(self) -> None:
        content = {
            "url": "mxc://other.example/a",
            "b": f"mxc://{SERVER}.evil.example/c",
            "d": "mxc://smoopeXlocalhost/e",
        }
        self.assertEqual(find_media_ids(content, SERVER), set())

    def test_values_that_are_no_text_are_passed_over(self) -> None:
        self.assertEqual(
            find_media_ids({"a": 1, "b": None, "c": True, "d": []}, SERVER), set()
        )

    def test_deep_nesting_from_a_stranger_ends_nothing(self) -> None:
        value: Any = f"mxc://{SERVER}/deepest"
        for _ in range(50_000):
            value = [value]
        self.assertEqual(find_media_ids({"a": value}, SERVER), {"deepest"})


if __name__ == "__main__":
    unittest.main()
