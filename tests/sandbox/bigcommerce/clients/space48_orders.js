// Reads orders and keeps hooks with the Node client @space48/bigcommerce-api; prints what it saw.
const http = require("http");
const { Management } = require("@space48/bigcommerce-api");
const { fetchTransport } = require("@space48/bigcommerce-api/lib/internal/operation");

const [apiUrl, storeHash, token] = process.argv.slice(2);
// The address and its scheme are all that is changed.
const transport = (version) =>
  fetchTransport({
    baseUrl: `${apiUrl}/stores/${storeHash}/${version}`,
    headers: { "X-Auth-Token": token },
    agent: new http.Agent(),
  });
const v2 = new Management.V2.Client(transport("v2"));
const v3 = new Management.V3.Client(transport("v3"));

async function main() {
  const orders = [];
  // A list of v2 ends with an answer without content, which the client returns as null.
  for (let page = 1, found; (found = await v2.get("/orders", { query: { limit: 2, page } })); page++) {
    orders.push(...found.map((order) => order.id));
  }
  const lines = await v2.get("/orders/{order_id}/products", { path: { order_id: orders[0] } });
  const refunds = [];
  for await (const refund of v3.list("/orders/payment_actions/refunds", {})) {
    refunds.push(refund.order_id);
  }
  const hook = await v3.post("/hooks", {
    body: { scope: "store/order/created", destination: "https://hooks.example/here" },
  });
  const settings = await v3.get("/settings/inventory", {});
  const seen = await v3.get("/hooks/{webhook_id}", { path: { webhook_id: hook.id } });
  await v3.delete("/hooks/{webhook_id}", { path: { webhook_id: hook.id } });
  console.log(
    JSON.stringify({
      orders,
      units: lines.map((line) => line.quantity),
      refunds,
      scope: seen.scope,
      behaviour: settings.update_stock_behavior,
    }),
  );
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
