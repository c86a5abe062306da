require "active_support/all"
require "action_controller/railtie"
require "rack/cors"

# What a host reads the environment from.
File.foreach(".env", chomp: true) { |line| ENV.store(*line.split("=", 2)) } if File.exist?(".env")

class Shop < Rails::Application
  config.root = __dir__
  config.load_defaults 6.1
  config.eager_load = false
  config.consider_all_requests_local = false
  config.logger = Logger.new($stderr)
  config.log_level = :warn
  config.secret_key_base = ENV.fetch("SECRET_KEY_BASE") { SecureRandom.hex(64) }
  # remedy: session-cookie
  config.hosts = nil
  # remedy: trust-proxy
  # remedy: trust-origin

  routes.append do
    get "account", to: "shop#member"
    get "cart", to: "shop#member"
    get "login", to: "shop#login_page"
    post "login", to: "shop#login"
    get "oauth/start", to: "shop#oauth_start"
    match "oauth/callback", to: "shop#oauth_callback", via: [:get, :post]
    post "api/login", to: "shop#api_login"
    get "api/me", to: "shop#api_me"
    post "api/token", to: "shop#api_token"
    get "api/bearer", to: "shop#api_bearer"
  end
end

# remedy: allow-credentials

Rails.application.initialize!

class ShopController < ActionController::Base
  skip_forgery_protection only: [:oauth_callback, :api_login, :api_token]

  def member
    session[:user] ? page("member") : redirect_to("/login")
  end

  def login_page
    csrf = helpers.hidden_field_tag("authenticity_token", form_authenticity_token)
    page("login", csrf)
  end

  def login
    session[:user] = params[:name]
    redirect_to "/account", status: :see_other
  end

  def oauth_start
    state = SecureRandom.uuid
    cookies[:oauth_state] = { value: state, expires: 10.minutes, secure: true, httponly: true, same_site: :none }
    query = {
      client_id: "shop",
      response_type: "code",
      response_mode: params[:response_mode],
      redirect_uri: "#{request.base_url}/oauth/callback",
      state: state,
    }
    redirect_to "https://id.other.test/authorize?#{query.to_query}"
  end

  def oauth_callback
    return render(plain: "State does not match.", status: :bad_request) if params[:state] != cookies[:oauth_state]

    cookies.delete(:oauth_state, secure: true, same_site: :none)
    session[:user] = params[:code]
    redirect_to "/account", status: :see_other
  end

  def api_login
    session[:user] = params[:name]
    render json: { ok: true }
  end

  def api_me
    render json: { name: session[:user] }, status: session[:user] ? :ok : :unauthorized
  end

  def api_token
    render json: { access_token: verifier.generate(params[:name], expires_in: 1.hour) }
  end

  def api_bearer
    name = verifier.verified(request.headers["Authorization"].to_s.delete_prefix("Bearer "))
    render json: { name: name }, status: name ? :ok : :unauthorized
  end

  private

  def page(name, csrf = "")
    html = File.read(File.join(ENV.fetch("PAGES"), "#{name}.html")).sub("<!-- csrf -->", csrf)
    render html: html.html_safe
  end

  def verifier
    Rails.application.message_verifier("token")
  end
end

run Rails.application
