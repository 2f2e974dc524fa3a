void g() { __sync_synchronize(); }
