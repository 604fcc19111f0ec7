// Pushes a morning with @space48/bigcommerce-api: space48_peer.js WAY URL HASH TOKEN CHANGES.
const fs = require("fs");
const http = require("http");
const { Management } = require("@space48/bigcommerce-api");
const { fetchTransport } = require("@space48/bigcommerce-api/lib/internal/operation");

const [way, apiUrl, storeHash, token, file] = process.argv.slice(2);
const changes = JSON.parse(fs.readFileSync(file, "utf-8"));
// The address and its scheme are all that is changed.
const client = new Management.V3.Client(
  fetchTransport({
    baseUrl: `${apiUrl}/stores/${storeHash}/v3`,
    headers: { "X-Auth-Token": token },
    agent: new http.Agent({ keepAlive: true }),
  }),
);

function update({ id, ...body }) {
  return client.put("/catalog/products/{product_id}", { path: { product_id: id }, body });
}

const ways = {
  async loop() {
    for (const change of changes) await update(change);
  },
  async all() {
    await Promise.all(changes.map(update));
  },
  async ten() {
    for (let start = 0; start < changes.length; start += 10) {
      await client.put("/catalog/products", { body: changes.slice(start, start + 10) });
    }
  },
};

ways[way]().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
