import type { Command, DotNetReference } from "./model";

/** What the canvas says to C#. After `stop` nothing is said any more: the circuit may be gone. */
export class Calls {
  private stopped = false;

  constructor(private readonly reference: DotNetReference) {}

  commands(baseRevision: number, commands: readonly Command[]): void {
    if (commands.length > 0) void this.send("OnCommands", baseRevision, commands);
  }

  select(ids: readonly string[]): void {
    void this.send("OnSelect", ids);
  }

  open(id: string): void {
    void this.send("OnOpen", id);
  }

  /** The chosen steps with all their settings, secrets stripped, as C# writes them; null when it leaves it to the canvas. */
  async copy(ids: readonly string[]): Promise<string | null> {
    const text = await this.send("OnCopy", ids);
    return typeof text === "string" && text.length > 0 ? text : null;
  }

  stop(): void {
    this.stopped = true;
  }

  private async send(method: string, ...parameters: unknown[]): Promise<unknown> {
    if (this.stopped) return null;
    try {
      return await this.reference.invokeMethodAsync(method, ...parameters);
    } catch (error) {
      // A call on its way while the page closes fails by nature; any other failure belongs on the page's console.
      if (!this.stopped) console.error(`canvas: ${method} failed`, error);
      return null;
    }
  }
}
