import json
import os
import secrets
from pathlib import Path
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.csrf import csrf_exempt


def page(name, csrf=""):
    return HttpResponse((Path(os.environ["PAGES"]) / f"{name}.html").read_text().replace("<!-- csrf -->", csrf))


def member(request):
    return page("member") if "user" in request.session else HttpResponseRedirect("/login")


def login(request):
    if request.method == "POST":
        request.session["user"] = request.POST["name"]
        return HttpResponseRedirect("/account")
    return page("login", f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">')


def oauth_start(request):
    state = secrets.token_urlsafe()
    query = {
        "client_id": "shop",
        "response_type": "code",
        "response_mode": request.GET["response_mode"],
        "redirect_uri": request.build_absolute_uri("/oauth/callback"),
        "state": state,
    }
    response = HttpResponseRedirect("https://id.other.test/authorize?" + urlencode(query))
    response.set_cookie("oauth_state", state, max_age=600, secure=True, httponly=True, samesite="None")
    return response


@csrf_exempt
def oauth_callback(request):
    answer = request.POST if request.method == "POST" else request.GET
    if answer["state"] != request.COOKIES.get("oauth_state"):
        return HttpResponse("State does not match.", status=400)
    request.session["user"] = answer["code"]
    response = HttpResponseRedirect("/account")
    response.delete_cookie("oauth_state", samesite="None")
    return response


@csrf_exempt
def api_login(request):
    request.session["user"] = json.loads(request.body)["name"]
    return JsonResponse({"ok": True})


def api_me(request):
    name = request.session.get("user")
    return JsonResponse({"name": name}, status=401 if name is None else 200)


@csrf_exempt
def api_token(request):
    return JsonResponse({"access_token": signing.dumps(json.loads(request.body)["name"], salt="token")})


def api_bearer(request):
    try:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return JsonResponse({"name": signing.loads(token, salt="token", max_age=3600)})
    except signing.BadSignature:
        return JsonResponse({"error": "invalid_token"}, status=401)
