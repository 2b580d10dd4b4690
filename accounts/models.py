from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager):
    """Makes users who are known by their e-mail address alone."""

    def create_user(self, email, password=None, **fields):
        """Make a member of staff; without a password nobody can sign in yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Make somebody who may do everything."""
        rights = {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields, **rights)

    def get_by_natural_key(self, username):
        """Find whoever signs in, however they capitalise their address."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A member of staff, who signs in with an e-mail address."""

    username = None
    email = models.EmailField("e-mail address", unique=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        """One address is one account, however somebody capitalises it."""
        super().clean()
        self.email = self.email.lower()
