"""Look-ups and house-keeping: finding a member, closing and opening an account."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin  # noqa: F401
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import User

# The admin site's own form knows neither the limits on guessing nor the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Who is an editor is said by `manage.py appoint`, so that there is one way and it is on record. Importing
# GroupAdmin has registered it.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["username", "display_name", "email", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["username", "display_name", "email"]
    ordering = ["-date_joined"]
    fields = [
        "username", "display_name", "email", "bio", "links", "is_active", "is_staff", "groups",
        "terms_version", "terms_agreed_at", "age_confirmed_at", "date_joined", "last_login",
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return [name for name in self.fields if name != "is_active"]  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An account that its member closed stays closed; the database holds it too."""
        return super().has_change_permission(request, obj) and (obj is None or obj.closed_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
