using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Hosting;

/// <summary>Keeps the key ring of ASP.NET Core Data Protection, which authentication brings along, in the data directory, under the master key.</summary>
internal static class KeyRing
{
    private const string Purpose = "switchyard/key-ring/v1";

    /// <summary>Adds the key ring. Without this it would lie in the home folder of whoever runs the host, unencrypted.</summary>
    public static void AddKeyRing(this IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(settings.MasterKey);
        services.AddDataProtection().SetApplicationName("switchyard").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.KeysFolder, "ring")));
        services.Configure<KeyManagementOptions>(options => options.XmlEncryptor = new Encryptor(settings.MasterKey));
    }

    /// <summary>Seals a key of the ring by AES-GCM.</summary>
    internal sealed class Encryptor(MasterKey masterKey) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement)
        {
            var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
            var (nonce, tag, sealedBytes) = (RandomNumberGenerator.GetBytes(12), new byte[16], new byte[plain.Length]);
            using var cipher = new AesGcm(masterKey.Derive(Purpose), tag.Length);
            cipher.Encrypt(nonce, plain, sealedBytes, tag);
            return new EncryptedXmlInfo(new XElement("sealed", Base64Url.EncodeToString([.. nonce, .. tag, .. sealedBytes])), typeof(Decryptor));
        }
    }

    /// <summary>Opens what <see cref="Encryptor"/> sealed. Data Protection makes it by its type's name, which is in the ring: don't rename.</summary>
    internal sealed class Decryptor(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            var all = Base64Url.DecodeFromChars(encryptedElement.Value).AsSpan();
            var plain = new byte[all.Length - 28];
            using var cipher = new AesGcm(services.GetRequiredService<MasterKey>().Derive(Purpose), 16);
            cipher.Decrypt(all[..12], all[28..], all[12..28], plain);
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
    }
}
