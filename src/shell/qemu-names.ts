/** Names of monitor commands that one of the QEMUs we know has. */
export const qemuCommandNames: ReadonlySet<string> = new Set(
  (
    "announce_self balloon block_job_cancel block_job_complete block_job_pause block_job_resume " +
    "block_job_set_speed block_resize block_set_io_throttle block_stream boot_set calc_dirty_rate " +
    "cancel_vcpu_dirty_limit change chardev-add chardev-change chardev-remove chardev-send-break " +
    "client_migrate_info closefd commit cpu delvm device_add device_del drive_add drive_backup drive_del " +
    "drive_mirror dump-guest-memory dump-skeys dumpdtb eject exit_preconfig expire_password gdbserver getfd " +
    "gpa2hpa gpa2hva gva2gpa hostfwd_add hostfwd_remove i loadvm log logfile mce memsave migration_mode " +
    "mouse_button mouse_move mouse_set nbd_server_add nbd_server_remove nbd_server_start nbd_server_stop " +
    "netdev_add netdev_del nmi o object_add object_del one-insn-per-tb p pcie_aer_inject_error pmemsave print " +
    "qemu-io qom-get qom-list qom-set replay_break replay_delete_break replay_seek ringbuf_read ringbuf_write " +
    "savevm screendump sendkey set_link set_password set_vcpu_dirty_limit singlestep snapshot_blkdev " +
    "snapshot_blkdev_internal snapshot_delete_blkdev_internal stopcapture sum sync-profile system_powerdown " +
    "system_reset system_wakeup trace-event trace-file watchdog_action wavcapture x x_colo_lost_heartbeat " +
    "xen-event-inject xen-event-list xp"
  ).split(" "),
);

/** What `info` can show in one of them. */
export const qemuInfoNames: ReadonlySet<string> = new Set(
  (
    "accel accelerators balloon block block-jobs blockstats capture chardev cmma cpus cryptodev dirty_rate dump " +
    "firmware-log hotpluggable-cpus iothreads irq jit kvm lapic mem memdev memory-devices memory_size_summary mice " +
    "mtree network numa opcount pci pic profile qdm qom-tree qtree ramblock rdma registers replay rocker " +
    "rocker-of-dpa-flows rocker-of-dpa-groups rocker-ports roms sev sgx skeys snapshots spice stats sync-profile " +
    "tlb tpm trace-events usb usbhost usernet vcpu_dirty_limit via virtio virtio-queue-element " +
    "virtio-queue-status virtio-status virtio-vhost-queue-status vm-generation-id vnc"
  ).split(" "),
);
