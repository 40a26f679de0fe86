// Each story runs a server, a sandbox and a browser: two at once would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
