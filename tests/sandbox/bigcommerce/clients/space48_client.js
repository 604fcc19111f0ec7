// Uses the Node client @space48/bigcommerce-api against an address; prints what it saw.
const http = require("http");
const { Management } = require("@space48/bigcommerce-api");
const { fetchTransport } = require("@space48/bigcommerce-api/lib/internal/operation");

const [apiUrl, storeHash, token] = process.argv.slice(2);
// The address and its scheme are all that is changed.
const transport = fetchTransport({
  baseUrl: `${apiUrl}/stores/${storeHash}/v3`,
  headers: { "X-Auth-Token": token },
  agent: new http.Agent(),
});
const client = new Management.V3.Client(transport);

async function main() {
  const made = await client.post("/catalog/products", {
    body: { name: "Mug", type: "physical", price: 9.99, weight: 0, sku: "MUG" },
  });
  await client.put("/catalog/products/{product_id}", {
    path: { product_id: made.id },
    body: { name: "Cup" },
  });
  const names = [];
  for await (const product of client.list("/catalog/products", { query: { limit: 1 } })) {
    names.push(product.name);
  }
  let refused = "";
  try {
    await client.post("/catalog/products", {
      body: { name: "cup", type: "physical", price: 1, weight: 0 },
    });
  } catch (error) {
    refused = String(error.message || error);
  }
  console.log(JSON.stringify({ id: made.id, names, refused }));
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
