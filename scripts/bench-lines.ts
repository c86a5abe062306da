/** Set-Cookie lines as sites send them to https://www.example.com/account/login. */

export const acceptedLines: readonly string[] = [
  'sid=31d4d96e407aad42; Path=/; Secure; HttpOnly; SameSite=Lax',
  '__Host-session=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl; Path=/; Secure; HttpOnly; SameSite=Strict',
  '__Secure-id=8f14e45fceea167a5a36dedd4bea2543; Path=/; Domain=example.com; Secure; HttpOnly',
  'csrftoken=Zx81hQ0Yt6oTtBmFvJ3XbW9nLk2rPcDe; expires=Sat, 20 Nov 2027 07:28:00 GMT; Max-Age=31449600; Path=/; SameSite=Lax; Secure',
  'PHPSESSID=7d8f0b1c2a3e4d5f6a7b8c9d0e; path=/; secure; HttpOnly',
  'lang=en-GB; Path=/; Max-Age=31536000',
  'theme=dark',
  'consent=%7B%22ads%22%3Afalse%2C%22stats%22%3Atrue%7D; Path=/; Domain=.example.com; Max-Age=15552000; SameSite=Lax; Secure',
  'cart=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  'AWSALB=pQ0s9tV3kq5dYh8GJr7n2LwXzB1cMfE6uRa4TiO+KxNvHgSyDlZjWbPeQmUoCtFI; Expires=Fri, 27 Nov 2026 07:28:00 GMT; Path=/',
  '_ga=GA1.2.1234567890.1795219200; Domain=.example.com; Path=/; Expires=Sun, 20 Nov 2027 07:28:00 GMT',
  'NID=511=aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_aBcDeFgHiJkLmNoPqRsTuVwXyZ; expires=Sat, 22-May-2027 07:28:00 GMT; path=/; domain=.example.com; HttpOnly',
  'widget=f3a9; Path=/; Secure; SameSite=None; Partitioned',
  'remember_token=42|b6d767d2f8ed5d21a44b0e5886680cb9; Path=/account; Max-Age=2592000; Secure; HttpOnly; SameSite=Lax',
  'XSRF-TOKEN=eyJpdiI6Ik1sTjR; expires=Sat, 21-Nov-2026 09:28:00 GMT; Max-Age=7200; path=/; samesite=lax',
  'flash=saved; Path=/account',
]

export const blockedLines: readonly string[] = [
  'tracker=1; Domain=other.test',
  'embed=1; SameSite=None',
  '__Host-x=1; Secure',
  'wide=1; Domain=com; Path=/',
]
