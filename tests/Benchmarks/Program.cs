Console.WriteLine("CentralPay Workflows benchmarks");
