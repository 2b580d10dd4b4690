from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from contact import views as contact
from contact.feedback import feedback
from core import views
from home.views import population, site_map, topic
from search.views import description, search

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("leave/", views.leave, name="leave"),
    path("robots.txt", views.robots),
    path("sitemap.xml", views.sitemap_xml, name="sitemap"),
    path("opensearch.xml", description, name="opensearch"),
    path(".well-known/security.txt", views.security_txt),
    path("media/<path:path>", views.media),
    *i18n_patterns(
        path("search/", search, name="search"),
        path("site-map/", site_map, name="site_map"),
        path("interest/", contact.interest, name="interest"),
        path("interest/check/", contact.check, name="interest_check"),
        path("interest/received/", contact.received, name="interest_received"),
        path("interest/print/", contact.printable, name="interest_printable"),
        path("feedback/", feedback, name="feedback"),
        path("for/<slug:slug>/", population, name="population"),
        path("topics/<slug:slug>/", topic, name="topic"),
        re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler404 = "core.errors.not_found"
handler500 = "core.errors.broken"
