from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MissedWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.CharField(max_length=64, unique=True)),
                ('words', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(max_length=20)),
                ('days', models.PositiveIntegerField(default=1)),
                ('last_day', models.DateField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'missed words',
            },
        ),
    ]
