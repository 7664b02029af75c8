"""Checks on the part that members and officers play."""

from pilot_cli.locale import N_
from pilot_cli.locale.message import NameList, message
from pilot_cli.site.model import Site
from pilot_cli.site.words import Post
from pilot_cli.standard.check import Check, Context, Failure, Verdict, is_present, shorten
from pilot_cli.standard.parameter import enum_of, parameter, whole_number


class OwnedByPost(Check):
    """An officer with the post owns some item of the responsibility list. Applies when there are both."""

    post: Post = parameter(enum_of(Post))

    def decide(self, site: Site, context: Context) -> Verdict:
        items = site.responsibility_list.items
        names = {
            officer.name for officer in site.branch.officers if self.post in officer.posts and is_present(officer.name)
        }
        if not items or not names:
            return None
        if not names.isdisjoint([item.owner for item in items]):
            return []
        listed = NameList(tuple(map(shorten, sorted(filter(None, names)))))
        text = message("No item is owned by the {post} ({names})", post=self.post, names=listed)
        return [Failure(text, ("responsibility_list", "items"))]


class RoleMembers(Check):
    """The members in roles, each counted once, make up ``percent`` of the full members. Applies when there are any."""

    percent: int = parameter(whole_number(0, 100))

    def decide(self, site: Site, context: Context) -> Verdict:
        full = site.branch.full_members
        if not full:
            return None
        active = len({name for role in site.member_guide.roles for name in role.members})
        if active * 100 >= self.percent * full:
            return []
        template = N_("{active} members have roles, less than {percent} per cent of {full} full members")
        text = message(template, active=active, percent=self.percent, full=full)
        return [Failure(text, ("member_guide", "roles"))]
