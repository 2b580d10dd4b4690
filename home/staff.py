from django.shortcuts import render


def how_to(request):
    """The acts of every week, step by step."""
    return render(request, "home/how_to.html", {"header_title": "How to …"})
