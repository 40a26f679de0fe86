// Listens to the live feed with an API key and prints each message as one line of JSON.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [address, apiKey] = process.argv.slice(2);
const connection = new HubConnectionBuilder()
  .withUrl(`${address}/hubs/collections`, { accessTokenFactory: () => apiKey })
  .configureLogging(LogLevel.Error)
  .build();

const print = (name) => (payload) => console.log(JSON.stringify({ name, at: Date.now(), payload }));
connection.on("figures", print("figures"));
connection.on("events", print("events"));
await connection.start();
console.log(JSON.stringify({ name: "connected", at: Date.now() }));
