/**
 * What paths call a login, a logout and a sign-up in other languages than English. Segments come lower-case, without accents and
 * with their words apart (`segmentsOf`). Of single words many mean other things as well (`anmelden` is for a newsletter too, `acceso`
 * is any access): they count as a whole segment only, at the path's top or under what says nothing else.
 */
export type WordKind = 'login' | 'logout' | 'sign-up'

/** Carts, search, contact, language: what a stranger posts to as well. */
const OTHER = words(
  'warenkorb|panier|carrito|cesta|carrello|carrinho|winkelwagen|koszyk|kosik|kosar|sepet|varukorg|kundvagn|handlekurv|korzina|корзина',
  'suche|recherche|buscar|busqueda|busca|pesquisa|cerca|ricerca|zoeken|szukaj|hledat|arama|poisk',
  'kontakt|contacto|contato|contatti|iletisim|sprache|langue|idioma|lingua|taal|lang|language|locale|jezyk|abonnieren|abonnement',
)

/** They mean nothing else, wherever they stand in a segment. By language: de, fr, es, pt, it, nl, pl, cs and sk, hu, ro, tr, sv, no, da, fi, ru, el. */
const CLEAR: Readonly<Record<WordKind, RegExp>> = {
  login: words(
    'einloggen|ein[-_]?loggen|kunden[-_]?login',
    'se[-_]?connecter|connectez[-_]?vous|s[-_]identifier|identifiez[-_]?vous|page[-_]connexion',
    'iniciar?[-_]?sesion|inicio[-_](?:de[-_])?sesion|inicia?[-_]sessio',
    'iniciar[-_]?sessao|fazer[-_]login',
    'accedi',
    'inloggen',
    'zaloguj(?:[-_]sie)?|logowanie',
    'prihlaseni|prihlasit(?:[-_]s[ea])?|prihlasenie',
    'bejelentkezes|belepes',
    'autentificare|conectare',
    'giris[-_]yap|(?:uye|kullanici|musteri)[-_]?girisi?|oturum[-_]ac',
    'logga[-_]?in|logg[-_]?inn|log[-_]?ind|kirjaudu(?:[-_]sisaan)?|sisaankirjautuminen',
    'avtori[sz]ac?iya|воити|авторизация|увіити',
    'συνδεση',
  ),
  logout: words(
    'ausloggen|se[-_]?deconnecter|deconnexion',
    'cerrar[-_]?sesion|cierre[-_]de[-_]sesion|tancar[-_]sessio|terminar[-_]?sessao|encerrar[-_]?sessao',
    'disconnetti(?:ti)?|uitloggen|wyloguj(?:[-_]sie)?|wylogowanie|odhlaseni|odhlasit(?:[-_]s[ea])?|odhlasenie',
    'kijelentkezes|kilepes|deconectare|cikis[-_]yap|oturum[-_]kapat',
    'logga[-_]?ut|logg[-_]?ut|log[-_]?ud|kirjaudu[-_]ulos|выити|виити|αποσυνδεση',
  ),
  'sign-up': words(
    'registrieren|registrierung|konto[-_]erstellen',
    'creer[-_](?:un[-_])?compte|crear[-_](?:una[-_])?cuenta|registrarse|registrese|criar[-_]conta|cadastrar|cadastre[-_]se|cadastro',
    'registrazione|registrati|crea[-_]account|registreren|rejestracja|zarejestruj(?:[-_]sie)?|registrace|registracia|regisztracio',
    'inregistrare|kayit[-_]ol|uye[-_]ol|skapa[-_]konto|registrera|registrer|opret[-_]konto|rekisteroidy',
    'registraciya|zaregistrirovatsya|регистрация|реєстрація',
  ),
}

const PLAIN: Readonly<Record<WordKind, RegExp>> = {
  login: whole(
    'anmelden|anmeldung|connexion|connecter|identification|acceso|acceder|entrar|ingresar|conexion|acessar|acesso|accesso|entra',
    'aanmelden|inloggning|vhod|vojti|voyti|vhid|vstup|giris|login[-_]?seite|вход|вхід|εισοδος|masuk|prijava',
  ),
  logout: whole('abmelden|abmeldung|salir|sair|esci|uscita|afmelden|vyhod|vyiti|cikis|выход|вихід'),
  'sign-up': whole('inscription|registro|kayit'),
}

/** What says nothing of a path but whose part of the site it is, or in which language. */
const NEUTRAL =
  /^(?:[a-z]{2}(?:[-_][a-z]{2,4})?|v\d{1,2}|api|app|web|www|public|site|auth|portal|shop|store|index\.php|users?|accounts?|my[-_]?account|members?|customers?|clients?|(?:mein[-_]?|kunden)?konto|kund(?:e|en|in)|nutzer|benutzer|mitglied(?:er)?|(?:mon[-_])?compte|espace[-_]client|(?:mi[-_])?cuenta|usuarios?|clientes?|(?:minha[-_])?conta|utenti?|(?:il[-_]mio[-_])?account|mijn|klant|uzytkownik|klient|uye|hesap|kullanici|mina[-_]sidor|min[-_]side|lk|user[-_]?area)$/

/** What a path's segments say in another language; null where they say nothing. */
export const wordKindOf = (segments: readonly string[]): WordKind | null => {
  const plain = segments.at(-1) ?? ''
  const isBare = segments.slice(0, -1).every((one) => NEUTRAL.test(one))
  // A logout's words hold a login's, in part (`logga-ut`); a sign-up's do not.
  for (const kind of ['logout', 'sign-up', 'login'] as const) {
    if (segments.some((one) => CLEAR[kind].test(one)) || (isBare && PLAIN[kind].test(plain))) return kind
  }
  return null
}

/** Whether a path is of a cart, a search, a contact form or a choice of language. */
export const isOfOther = (segments: readonly string[]): boolean => segments.some((one) => OTHER.test(one))

function words(...patterns: readonly string[]): RegExp {
  return new RegExp(`(?:^|[^\\p{L}])(?:${patterns.join('|')})(?:$|[^\\p{L}])`, 'u')
}

function whole(...patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})(?:\\.[a-z]{2,5})?$`, 'u')
}
