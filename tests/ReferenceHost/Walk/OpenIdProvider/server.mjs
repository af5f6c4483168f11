// A certified OpenID provider on loopback for the walk-through tests.
// usage: node server.mjs <audience>; prints its issuer as the first line once it listens.
import { createServer } from "node:http";
import { generateKeyPair, exportJWK } from "jose";
import Provider from "oidc-provider";

const audience = process.argv[2];
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: "walk", alg: "RS256", use: "sig" };

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const scopes = ["create:jobs", "execute:jobs", "partner:acme", "partner:other"];
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    scopes,
    clients: [
      {
        client_id: "walk-client",
        client_secret: "walk-secret",
        grant_types: ["client_credentials"],
        response_types: [],
        redirect_uris: [],
        scope: scopes.join(" "),
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      // Access tokens are JWTs for the one resource, which is the host under test.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes.join(" "),
          audience,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
