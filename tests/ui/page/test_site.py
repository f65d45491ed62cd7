"""What the staff set is on the page when it is opened next."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.ui.page.conftest import opened
from ui.site import Site, SiteFile


def test_name_notice_and_first_questions_need_no_restart(
    wide: Page, address: str, home: Path
) -> None:
    expect(wide.get_by_role("heading", name="津问")).to_be_visible()
    file = SiteFile(home)
    try:
        site = Site("市民问答", "周六 <停机> 维护", ("口袋公园新建几个？",), logging=True)
        file.save(site, file.edition)
        opened(wide, address)
        expect(wide.get_by_role("heading", name="市民问答")).to_be_visible()
        expect(wide.get_by_role("note")).to_have_text("周六 <停机> 维护")
        expect(wide.get_by_text("口袋公园新建几个？")).to_be_visible()
        expect(wide).to_have_title("市民问答 · 政府工作报告问答")
        wide.get_by_text("关于津问").click()
        expect(wide.get_by_text("保存 90 天")).to_be_visible()
    finally:
        file.save(Site(), file.edition)
    opened(wide, address)
    expect(wide.get_by_role("note")).to_have_count(0)
    wide.get_by_text("关于津问").click()
    expect(wide.get_by_text("不在服务器上留存")).to_be_visible()
