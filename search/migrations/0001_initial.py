import django.db.models.deletion
import modelsearch.index
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0003_words_know_their_language'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('same_as', models.UUIDField(db_index=True)),
                ('kind', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=20)),
                ('title', models.TextField()),
                ('summary', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('title_terms', models.TextField()),
                ('summary_terms', models.TextField(blank=True)),
                ('body_terms', models.TextField(blank=True)),
                ('taken_at', models.DateTimeField()),
                ('stale', models.BooleanField(default=False)),
                ('authority', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.legalauthority')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.portaldocument')),
                ('page', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('term', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.glossaryterm')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('authority', None), ('document', None), ('page__isnull', False), ('term', None)), models.Q(('authority', None), ('document__isnull', False), ('page', None), ('term', None)), models.Q(('authority', None), ('document', None), ('page', None), ('term__isnull', False)), models.Q(('authority__isnull', False), ('document', None), ('page', None), ('term', None)), _connector='OR'), name='entry_is_of_one_thing')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
