"""Makes groups and their permissions match the matrix in `roles`."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from accounts import roles

# Wagtail's own groups become ours, so that its workflow keeps those who approve.
FORMER_NAMES = {roles.EDITOR: "Editors", roles.PUBLISHER: "Moderators"}
WAGTAILS_WORKFLOW = "Moderators approval"
OUR_WORKFLOW = "Approval by a publisher"


@transaction.atomic
def sync_roles():
    """Give each role what the matrix says and nothing else; answers with what is missing."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    missing = set()
    for role in roles.ROLES:
        group = _group(role)

        def wanted(rows):
            names = [name for thing, acts in rows for name in _names(thing, acts)]
            missing.update(name for name in names if name not in known)
            return {known[name] for name in names if name in known}

        group.permissions.set(wanted(roles.acts_on_models(role)))
        for model, tree, rows in [
            (GroupPagePermission, Page, roles.acts_on_pages(role)),
            (GroupCollectionPermission, Collection, roles.acts_on_collections(role)),
        ]:
            _set_on_root(model, tree, group, wanted(rows))
    _let_publishers_approve()
    return sorted(missing)


def _names(thing, acts):
    """`core.topic` and "view add" as `core.view_topic` and `core.add_topic`."""
    app, model = thing.split(".")
    return [f"{app}.{act}_{model}" for act in acts.split()]


def _group(role):
    former = Group.objects.filter(name=FORMER_NAMES.get(role)).first()
    if former and not Group.objects.filter(name=role).exists():
        former.name = role
        former.save()
        return former
    if former:
        former.delete()
    return Group.objects.get_or_create(name=role)[0]


def _set_on_root(model, tree, group, wanted):
    """Rows for the root of a tree hold for everything below it; no other rows are kept."""
    place = "page" if tree is Page else "collection"
    root = tree.objects.filter(depth=1).first()
    rows = model.objects.filter(group=group)
    kept = set()
    for row in rows.select_related("permission"):
        here = root and getattr(row, f"{place}_id") == root.pk
        if here and row.permission in wanted:
            kept.add(row.permission)
        else:
            row.delete()
    if root:
        model.objects.bulk_create(
            model(group=group, permission=permission, **{place: root})
            for permission in wanted - kept
        )


def _let_publishers_approve():
    approvers = Group.objects.filter(name__in=[roles.PUBLISHER, roles.ADMINISTRATOR])
    for task in GroupApprovalTask.objects.filter(name=WAGTAILS_WORKFLOW):
        task.groups.set(approvers)
        task.name = OUR_WORKFLOW
        task.save()
    Workflow.objects.filter(name=WAGTAILS_WORKFLOW).update(name=OUR_WORKFLOW)
