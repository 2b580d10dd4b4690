"""A form of its own in the admin, beside Wagtail's that add and edit."""

from django.shortcuts import render
from django.urls import reverse


def form_page(request, template, form, *, title, icon, button, **more):
    """The page of a form under the list of interests; 422 if something in it is wrong."""
    context = {
        "form": form,
        "media": form.media,
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "action_url": request.get_full_path(),
        "submit_button_label": button,
        "submit_button_active_label": button,
        "breadcrumbs_items": [
            {"url": reverse("interest:index"), "label": "Interests"},
            {"url": "", "label": title},
        ],
    }
    status = 422 if form.errors else 200
    return render(request, template, context | more, status=status)
