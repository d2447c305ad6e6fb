package dev.hearth.storage;

import dev.hearth.storage.disk.Disk;
import dev.hearth.storage.disk.RealDisk;

/// What a database stands on, and what a test may replace.
record Foundation(Disk disk, Volume.Order order, Migrations migrations) {

    static Foundation ours() {
        return on(new RealDisk());
    }

    static Foundation on(Disk disk) {
        return new Foundation(disk, Volume.Order.BARRIER, Migrations.ours());
    }

    Foundation with(Volume.Order other) {
        return new Foundation(disk, other, migrations);
    }

    Foundation with(Migrations others) {
        return new Foundation(disk, order, others);
    }
}
