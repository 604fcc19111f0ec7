// Pushes a morning with bigcommerce-api-client: api_client_peer.js WAY URL HASH TOKEN CHANGES.
const fs = require("fs");
const { BigCommerceApiClient } = require("bigcommerce-api-client");

const [way, apiUrl, storeHash, accessToken, file] = process.argv.slice(2);
const changes = JSON.parse(fs.readFileSync(file, "utf-8"));
const client = new BigCommerceApiClient({ storeHash, accessToken });
// Only the address is changed.
client.apiClient.axiosInstance.defaults.baseURL = `${apiUrl}/stores/${storeHash}`;
const products = client.catalog.products;

function update({ id, ...values }) {
  return products.updateProduct(id, values);
}

const ways = {
  async loop() {
    for (const change of changes) await update(change);
  },
  async all() {
    await Promise.all(changes.map(update));
  },
  async ten() {
    await products.batchUpdateProducts(changes);
  },
};

ways[way]().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
