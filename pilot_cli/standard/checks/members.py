"""Checks on the part that members and officers play."""

from collections.abc import Iterator

from pilot_cli.locale import N_
from pilot_cli.locale.message import NameList, message
from pilot_cli.site.model import Site
from pilot_cli.site.words import Post
from pilot_cli.standard.check import KEPT, Check, Context, Failure, Verdict, shorten
from pilot_cli.standard.parameter import enum_of, parameter, whole_number


class OwnedByPost(Check):
    """An officer with the post owns some item of the responsibility list. Applies when there are both."""

    post: Post = parameter(enum_of(Post))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        items, post = site.responsibility_list.items, self.post
        if not items:
            return None
        people = context.people(
            {officer.name for officer in site.branch.officers if post in officer.posts and officer.name}
        )
        if not people:
            return None
        if not people.isdisjoint(context.people({item.owner for item in items if item.owner})):
            return KEPT
        listed = NameList(tuple(map(shorten, sorted(people))))
        text = message("{problem} ({names})", problem=self.problem, names=listed)
        return Verdict([Failure(text, ("responsibility_list", "items"))])

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        yield from ("branch.officers.name", "branch.officers.posts", "responsibility_list.items.owner")


class RoleMembers(Check):
    """The members in roles, each counted once, make up ``percent`` of the full members.

    Applies when there are roles and full members.
    """

    percent: int = parameter(whole_number(0, 100))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        full, roles = site.branch.full_members, site.member_guide.roles
        if not full or not roles:
            return None
        active = len(context.people({name for role in roles for name in role.members}))
        if active * 100 >= self.percent * full:
            return KEPT
        # Per mille, rounded half up.
        share = (2000 * active + full) // (2 * full) / 10
        template = N_("{active} members have roles, {share} per cent of the full members, less than {percent} per cent")
        text = message(template, active=active, share=share, percent=self.percent)
        return Verdict([Failure(text, ("member_guide", "roles"))])

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        yield from ("branch.full_members", "member_guide.roles.members")
