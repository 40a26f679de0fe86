global using CentralPay.Workflows.Engine.Authoring;
