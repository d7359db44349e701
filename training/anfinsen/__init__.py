"""Training of Anfinsen's default network: data, network, losses. The product itself is Java; see training/README.md."""
