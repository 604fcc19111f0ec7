"""What happens: record changes, push a store, import products, reconcile a store."""
