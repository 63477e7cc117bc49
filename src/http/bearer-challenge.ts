/** What every 401 carries (RFC 9110 11.6.1), also that of a wrong password: the way in is a bearer token. */
export const bearerChallenge = { 'www-authenticate': 'Bearer realm="queqiao"' }
