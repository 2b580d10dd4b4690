from django.db import migrations, models


def take_pages_down_anew(apps, schema_editor):
    """The clock does it, and learns their words."""
    apps.get_model("search", "Entry").objects.exclude(page=None).update(stale=True)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_missed_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20)),
                ('folded', models.CharField(max_length=60)),
                ('written', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('language', 'folded'), name='one_of_each_known_word')],
            },
        ),
        migrations.RunPython(take_pages_down_anew, migrations.RunPython.noop),
    ]
