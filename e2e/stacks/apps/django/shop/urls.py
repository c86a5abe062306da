from django.urls import path

from . import views

urlpatterns = [
    path("account", views.member),
    path("cart", views.member),
    path("login", views.login),
    path("oauth/start", views.oauth_start),
    path("oauth/callback", views.oauth_callback),
    path("api/login", views.api_login),
    path("api/me", views.api_me),
    path("api/token", views.api_token),
    path("api/bearer", views.api_bearer),
]
