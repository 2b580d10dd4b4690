import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_words_know_their_language'),
    ]

    operations = [
        migrations.AlterField(
            model_name='portalsettings',
            name='phone',
            field=models.CharField(blank=True, help_text='Ten digits, such as 866-644-8360; phones dial it as it is printed.', max_length=40, validators=[django.core.validators.RegexValidator('^\\D*(1\\D*)?(\\d\\D*){10}$', 'Give a number of the United States: ten digits, with or without a 1 before.')], verbose_name='toll-free number'),
        ),
        migrations.AlterField(
            model_name='portalsettings',
            name='security_contact',
            field=models.CharField(blank=True, help_text='Where researchers report a weakness: an address beginning with https:// or mailto:. While it is empty, there is no security.txt.', max_length=200, validators=[django.core.validators.RegexValidator('^(https://|mailto:)\\S+$', 'Give an address that begins with https:// or mailto:')]),
        ),
    ]
